import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProviderError } from '#providers/provider-error'
import { brokenOff, errorOf, refusedBy } from '#providers/wire/failure'

const call = { provider: 'housr', operation: 'orders.create' } as const
const canary = 'canary-8841'
const cause = fc.oneof(
  fc.anything(),
  fc
    .record({
      code: fc.oneof(fc.string(), fc.constantFrom('ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_BODY_TIMEOUT')),
    })
    .map(facts => Object.assign(new Error(canary), facts)),
  fc.constantFrom('AbortError', 'TimeoutError').map(name => new DOMException(canary, name)),
)

test('whatever broke an exchange, being dispatched alone decides whether it may have happened', () => {
  fc.assert(
    fc.property(cause, fc.boolean(), fc.boolean(), (broken, dispatched, answered) => {
      const failure = brokenOff(broken, { dispatched, answered: dispatched && answered }, 'housr')
      expect(failure.outcome).toBe(dispatched ? 'unknown' : 'not_sent')
      const err = errorOf(failure, call)
      expect(err).toBeInstanceOf(ProviderError)
      expect(JSON.stringify(err.facts) + err.message).not.toContain(canary)
    }),
  )
})

test('every status that is no success has exactly one meaning', () => {
  const statuses = fc.oneof(fc.integer({ min: 300, max: 999 }), fc.integer({ min: 100, max: 199 }))
  fc.assert(
    fc.property(statuses, status => {
      const { outcome, code, message } = refusedBy(status, {}, 'housr')
      const decided = status >= 400 && status < 500 && status !== 408 && status !== 429
      expect(outcome).toBe(status === 429 ? 'not_sent' : decided ? 'refused' : 'unknown')
      expect(['provider_rejected', 'provider_auth_failed'].includes(code)).toBe(decided)
      expect(message).toBe(`housr answered ${status}`)
    }),
  )
})
