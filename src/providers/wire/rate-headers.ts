import type { RateFacts } from '#providers/limiter'
import type { AnswerHead } from '#providers/port/upstream'

/** The longest wait that is believed. A provider that says "tomorrow" is asked again after this. */
const LONGEST_PAUSE_MS = 300_000
/** What a 429 without a usable hint is worth. */
const DEFAULT_PAUSE_MS = 1_000
/** Smaller numbers in X-RateLimit-Reset are seconds to wait, larger ones a Unix time. */
const OLDEST_UNIX_TIME = 1_000_000_000

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined
}

/** Milliseconds since 1970 of an HTTP-date. `Date.parse` alone takes almost anything, "-5" included. */
function httpDate(text: string | undefined): number | undefined {
  const time =
    text !== undefined && /^\w{3,9},? .{6,30}GMT$/.test(text.trim()) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

function sane(ms: number, longestMs = LONGEST_PAUSE_MS): number {
  return Math.min(longestMs, Math.max(0, ms))
}

/**
 * Milliseconds from Retry-After, as seconds or as a date, `longestMs` at most; undefined when there is none that makes
 * sense.
 */
export function retryAfterMs({ headers }: AnswerHead, now: Date, longestMs?: number): number | undefined {
  const seconds = wholeNumber(headers['retry-after'])
  if (seconds !== undefined) return sane(seconds * 1_000, longestMs)
  const at = httpDate(headers['retry-after'])
  // Both dates are read off the provider's clock, so that ours may be wrong.
  return at === undefined ? undefined : sane(at - (httpDate(headers['date']) ?? now.getTime()), longestMs)
}

function resetMs({ headers }: AnswerHead, now: Date): number | undefined {
  const reset = wholeNumber(headers['x-ratelimit-reset'])
  if (reset === undefined) return undefined
  if (reset < OLDEST_UNIX_TIME) return sane(reset * 1_000)
  return sane(reset * 1_000 - (httpDate(headers['date']) ?? now.getTime()))
}

/**
 * What an answer tells about the provider's rate limit. X-RateLimit-Reset is read from a 429 only: One Utility Bill
 * ("Rate limiting") promises it to be a Unix time there and nowhere else.
 */
export function rateFacts(head: AnswerHead, now: Date): RateFacts {
  const limit = wholeNumber(head.headers['x-ratelimit-limit'])
  const remaining = wholeNumber(head.headers['x-ratelimit-remaining'])
  const pauseMs =
    head.status === 429 ? retryAfterMs(head, now) || resetMs(head, now) || DEFAULT_PAUSE_MS : undefined
  return {
    ...(limit !== undefined && limit > 0 && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(pauseMs !== undefined && { pauseMs }),
  }
}
