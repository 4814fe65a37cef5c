import { z } from 'zod'
import type { AccessToken } from '#providers/port/upstream'

/** What all who use a set of credentials know of its token; instants in milliseconds on their common clock. */
export const TokenRecord = z.object({
  token: z.object({ value: z.string(), renewAt: z.number(), endsAt: z.number() }).nullable(),
  /** Who fetches one now, since when and until when that counts. */
  fetching: z.object({ id: z.string(), since: z.number(), until: z.number() }).nullable(),
  /** Until when nobody fetches one, and whether that is because the credentials were refused. */
  failure: z.object({ until: z.number(), refused: z.boolean() }).nullable(),
})
export type TokenRecord = z.output<typeof TokenRecord>

export const NO_TOKEN: TokenRecord = { token: null, fetching: null, failure: null }

/** Renewed so long before it ends, or in the last tenth of its life when that is shorter. */
const RENEWED_EARLY_MS = 60_000
const LONGEST_LIFE_MS = 86_400_000
/** For so long after a failed fetch nobody fetches again, so that a broken token endpoint meets no storm. */
export const FAILURE_PAUSE_MS = 250
/** The same where the credentials themselves are refused: they do not become right by themselves. */
export const REFUSED_PAUSE_MS = 5_000

/**
 * When a token is renewed and when it ends. `asked` is when the fetch began: the token lived from somewhen after that,
 * so it never ends earlier than reckoned.
 */
export function lifeOf(
  { expiresInSeconds }: AccessToken,
  asked: number,
): { renewAt: number; endsAt: number } {
  const seconds = Number.isFinite(expiresInSeconds) ? expiresInSeconds : 0
  const lifeMs = Math.min(Math.max(0, seconds * 1_000), LONGEST_LIFE_MS)
  const endsAt = asked + lifeMs
  return { renewAt: endsAt - Math.min(RENEWED_EARLY_MS, lifeMs / 10), endsAt }
}

export function pauseAfter(refused: boolean): number {
  return refused ? REFUSED_PAUSE_MS : FAILURE_PAUSE_MS
}

export type Step =
  | { readonly kind: 'use'; readonly token: AccessToken }
  | { readonly kind: 'fetch' }
  /** Somebody else fetches it. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'leave'; readonly refused: boolean; readonly retryAfterMs: number }

/** What somebody who needs a token does next. `rejected` was refused by the provider, so it is of no use. */
export function nextStep(
  record: TokenRecord,
  { id, rejected, longestMs }: { id: string; rejected: string | undefined; longestMs: number },
  now: number,
): { next: TokenRecord; result: Step } {
  const { token, fetching, failure } = record
  const taken = fetching !== null && now < fetching.until
  const paused = failure !== null && now < failure.until
  if (token && token.value !== rejected && now < token.endsAt && (now < token.renewAt || taken || paused)) {
    const expiresInSeconds = (token.endsAt - now) / 1_000
    return { next: record, result: { kind: 'use', token: { value: token.value, expiresInSeconds } } }
  }
  if (paused) {
    const { refused, until } = failure
    return { next: record, result: { kind: 'leave', refused, retryAfterMs: until - now } }
  }
  if (taken) return { next: record, result: { kind: 'wait' } }
  const claim = { id, since: now, until: now + longestMs }
  return { next: { ...record, fetching: claim }, result: { kind: 'fetch' } }
}

/** Keeps what was fetched, unless somebody else fetches by now. */
export function withToken(record: TokenRecord, id: string, token: AccessToken): TokenRecord {
  if (record.fetching?.id !== id) return record
  const life = lifeOf(token, record.fetching.since)
  return { token: { value: token.value, ...life }, fetching: null, failure: null }
}

export function withFailure(record: TokenRecord, id: string, refused: boolean, now: number): TokenRecord {
  if (record.fetching?.id !== id) return record
  return { ...record, fetching: null, failure: { until: now + pauseAfter(refused), refused } }
}
