import type { FastifyInstance } from 'fastify'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ProblemError } from '#http/problem-error'

const WINDOW_SECONDS = 60

/** `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers) on every answer; over the limit 429. */
export function limitRequests(app: FastifyInstance, perMinute: number): void {
  if (perMinute === 0) return
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS })
  const policy = `"default";q=${perMinute};w=${WINDOW_SECONDS}`
  app.addHook('onRequest', async (request, reply) => {
    if (!request.caller) return
    const state = await limiter.consume(request.caller.keyId).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused
      throw refused
    })
    const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1_000))
    reply.headers({
      'ratelimit-policy': policy,
      ratelimit: `"default";r=${Math.max(0, state.remainingPoints)};t=${seconds}`,
    })
    if (state.consumedPoints <= perMinute) return
    throw new ProblemError('rate_limited', `This key may send ${perMinute} requests per minute.`, {
      headers: { 'retry-after': String(seconds) },
      members: { retryable: true },
    })
  })
}
