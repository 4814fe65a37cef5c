import { describe, expect, test } from 'vitest'
import { hasHappened, servedBy, stateAt } from '#journal/entry'
import { crashed, lostToCrash, provenAbsent, settlementOf } from '#journal/settlement'
import { type Outcome, ProviderError } from '#providers/provider-error'

const now = new Date('2026-11-21T12:00:00.000Z')
const inThreeDays = new Date('2026-11-24T12:00:00.000Z')
const hint = 'Look at the list of orders.'
const told = { providerIds: ['31'], hint, now }

function failed(outcome: Outcome) {
  const message = 'homebox does not answer'
  const facts = {
    provider: 'homebox',
    operation: 'orders.create',
    code: 'provider_timeout',
    outcome,
  } as const
  return { ok: false, error: new ProviderError({ ...facts, message, status: 504 }) } as const
}

describe('what came of sending', () => {
  test('something that succeeded keeps its ids and nothing to send again', () => {
    const run = { value: {}, payload: null, durationMs: 2, upstreamMs: 1 }
    expect(settlementOf({ ok: true, run }, told)).toEqual({
      state: 'succeeded',
      providerIds: ['31'],
      error: null,
      wipeAt: null,
      hint: null,
      firstLookAt: null,
      now,
    })
  })

  test.each(['refused', 'not_sent'] as const)('something %s may be sent again for three days', outcome => {
    expect(settlementOf(failed(outcome), told)).toEqual({
      state: outcome,
      providerIds: [],
      error: expect.objectContaining({ code: 'provider_timeout', retryable: true, provider_status: 504 }),
      wipeAt: inThreeDays,
      hint: null,
      firstLookAt: null,
      now,
    })
  })

  test('something unknown is looked for, tells how, and is nothing to try again', () => {
    expect(settlementOf(failed('unknown'), told)).toEqual({
      state: 'unknown',
      providerIds: [],
      error: expect.objectContaining({ code: 'provider_timeout', retryable: false, provider_status: 504 }),
      wipeAt: inThreeDays,
      hint,
      firstLookAt: new Date('2026-11-21T12:00:05.000Z'),
      now,
    })
  })

  test('something whose sender died is unknown', () => {
    expect(crashed(hint, now)).toEqual({
      state: 'unknown',
      providerIds: [],
      error: {
        code: 'provider_outcome_unknown',
        message: 'The gateway ended while the call was under way; the provider may have carried it out.',
        retryable: false,
        provider_status: null,
        provider_message: null,
        provider_request_id: null,
        errors: [],
        candidates: [],
      },
      wipeAt: inThreeDays,
      hint,
      firstLookAt: new Date('2026-11-21T12:00:05.000Z'),
      now,
    })
  })
})

describe('something that the provider is proven not to have', () => {
  const message =
    'The provider does not have it: it was looked for there more than once. It may be sent again.'

  test('may be sent again, with what was known of its failure', () => {
    const { error } = settlementOf(failed('unknown'), told)
    expect(provenAbsent(error, now)).toEqual({
      state: 'not_sent',
      providerIds: [],
      error: { ...error, message, retryable: true },
      wipeAt: inThreeDays,
      now,
    })
  })

  test.each([null, lostToCrash])('was not available where nothing else is known: %j', error => {
    expect(provenAbsent(error, now).error).toEqual({
      ...lostToCrash,
      code: 'provider_unavailable',
      message,
      retryable: true,
    })
  })
})

describe('an operation', () => {
  test.each([
    ['sending', new Date(now.getTime() - 1), 'unknown'],
    ['sending', now, 'sending'],
    ['sending', null, 'sending'],
    ['planned', new Date(0), 'planned'],
    ['succeeded', new Date(0), 'succeeded'],
  ] as const)('that is %s under a lease until %j is %s', (state, leaseUntil, read) => {
    expect(stateAt({ state, leaseUntil }, now)).toBe(read)
  })

  test('has happened when it succeeded, or a person says so', () => {
    const said = (outcome: 'happened' | 'did_not_happen') => ({
      outcome,
      send_again: false,
      at: now.toISOString(),
      key_id: 'key_1',
    })
    expect(hasHappened({ state: 'succeeded', resolution: null })).toBe(true)
    expect(hasHappened({ state: 'settled_by_person', resolution: said('happened') })).toBe(true)
    expect(hasHappened({ state: 'settled_by_person', resolution: said('did_not_happen') })).toBe(false)
    expect(hasHappened({ state: 'settled_by_person', resolution: null })).toBe(false)
    expect(hasHappened({ state: 'unknown', resolution: said('happened') })).toBe(false)
  })

  test('is for its resource, or for its subject where it leaves nothing with us', () => {
    const operation = { prefix: 'operation', uuid: 'o' } as const
    const order = { prefix: 'order', uuid: '1' } as const
    const tenant = { prefix: 'tenant', uuid: '2' } as const
    expect(servedBy({ resource: operation, subject: order })).toBe(order)
    expect(servedBy({ resource: operation, subject: null })).toBe(operation)
    expect(servedBy({ resource: order, subject: tenant })).toBe(order)
  })
})
