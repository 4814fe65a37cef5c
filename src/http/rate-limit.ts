import type { FastifyInstance } from 'fastify'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ProblemError } from '#http/problem-error'

const WINDOW_SECONDS = 60
/** More than a client that is set up wrongly sends before somebody looks at it. */
const WRONG_KEYS_PER_WINDOW = 60

/** Counts one; over the limit too. */
async function consume(limiter: RateLimiterMemory, key: string): Promise<RateLimiterRes> {
  return limiter.consume(key).catch((refused: unknown) => {
    if (refused instanceof RateLimiterRes) return refused
    throw refused
  })
}

const secondsUntilNext = ({ msBeforeNext }: RateLimiterRes) => Math.max(1, Math.ceil(msBeforeNext / 1_000))

function tooMany(detail: string, state: RateLimiterRes): ProblemError {
  return new ProblemError('rate_limited', detail, {
    headers: { 'retry-after': String(secondsUntilNext(state)) },
    members: { retryable: true },
  })
}

/** `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers) on every answer; over the limit 429. */
export function limitRequests(app: FastifyInstance, perMinute: number): void {
  if (perMinute === 0) return
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS })
  const policy = `"default";q=${perMinute};w=${WINDOW_SECONDS}`
  app.addHook('onRequest', async (request, reply) => {
    if (!request.caller) return
    const state = await consume(limiter, request.caller.keyId)
    reply.headers({
      'ratelimit-policy': policy,
      ratelimit: `"default";r=${Math.max(0, state.remainingPoints)};t=${secondsUntilNext(state)}`,
    })
    if (state.consumedPoints > perMinute)
      throw tooMany(`This key may send ${perMinute} requests per minute.`, state)
  })
}

/** Told of every wrong key. Throws `rate_limited` where too many came from the address. */
export type WrongKeyLimit = (address: string) => Promise<void>

/**
 * Limits wrong keys by the address of the connection. Behind a proxy that is one for all, so it must only ever count
 * who has no valid key.
 */
export function limitWrongKeys(perMinute: number): WrongKeyLimit {
  if (perMinute === 0) return async () => undefined
  const limiter = new RateLimiterMemory({ points: WRONG_KEYS_PER_WINDOW, duration: WINDOW_SECONDS })
  return async address => {
    const state = await consume(limiter, address)
    if (state.consumedPoints > WRONG_KEYS_PER_WINDOW)
      throw tooMany('Too many wrong keys came from here.', state)
  }
}
