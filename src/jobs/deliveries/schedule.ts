const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Milliseconds from one attempt to the next; after the tenth, some three days after the first, there is no other. */
const DELAYS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const
export const MOST_ATTEMPTS = DELAYS.length + 1

/** What a delay is lengthened by at most, so that deliveries which failed together do not come back together. */
const JITTER = 0.1

/** The longest wait that a receiver may ask for. */
export const LONGEST_WAIT_MS = 24 * HOUR

/** The longest wait that holds up what else is on its way there. */
const LONGEST_PAUSE_MS = HOUR
/** By which a receiver speaks of itself, and not of the one request. */
const ABOUT_ITSELF = [429, 503]

/** Milliseconds for which nothing is sent to a receiver that answered so and asked to wait. */
export function pauseInMs(status: number | null, askedForMs: number): number {
  return status !== null && ABOUT_ITSELF.includes(status) ? Math.min(askedForMs, LONGEST_PAUSE_MS) : 0
}

/**
 * Milliseconds until the attempt after this one, counted from 1, and never less than the receiver asked for; null when
 * there is none. `random` is from 0 to 1.
 */
export function nextAttemptInMs(attempt: number, askedForMs: number, random: number): number | null {
  const delay = DELAYS[attempt - 1]
  if (delay === undefined) return null
  return Math.max(Math.round(delay * (1 + JITTER * random)), Math.min(askedForMs, LONGEST_WAIT_MS))
}
