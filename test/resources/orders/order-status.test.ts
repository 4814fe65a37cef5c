import { describe, expect, test } from 'vitest'
import { hasFailed, statusOfProvider, statusOfSteps } from '#resources/orders/order-status'

type Step = Parameters<typeof statusOfSteps>[0][number]
const now = new Date('2026-11-21T12:00:00Z')
const later = new Date('2026-11-21T12:00:30Z')
const earlier = new Date('2026-11-21T11:59:30Z')
const step = (state: Step['state'], changes: Partial<Step> = {}): Step => ({
  state,
  error: null,
  resolution: null,
  leaseUntil: null,
  ...changes,
})
const done = step('succeeded')
const skipped = step('refused', {
  error: {
    code: 'skipped',
    message: '',
    retryable: false,
    provider_status: null,
    provider_message: null,
    provider_request_id: null,
    errors: [],
    candidates: [],
  },
})
const resolved = (outcome: 'happened' | 'did_not_happen') =>
  step('settled_by_person', { resolution: { outcome, send_again: false, at: '', key_id: '' } })

describe('statusOfSteps', () => {
  test.each([
    ['submitting', [step('sending', { leaseUntil: later }), step('planned')]],
    ['unknown', [step('sending', { leaseUntil: earlier }), step('planned')]],
    ['unknown', [step('unknown'), step('planned')]],
    ['unknown', [done, step('unknown'), step('planned')]],
    ['failed', [step('refused'), step('planned')]],
    ['failed', [step('not_sent')]],
    ['failed', [resolved('did_not_happen')]],
    ['submitting', [done, step('sending', { leaseUntil: later })]],
    ['action_required', [done, step('refused'), step('planned')]],
    ['action_required', [done, step('not_sent')]],
    ['action_required', [done, resolved('did_not_happen')]],
    [null, [done, done]],
    [null, [resolved('happened'), skipped]],
  ] as const)('is %s', (status, steps) => {
    expect(statusOfSteps(steps, now)).toBe(status)
  })
})

describe('statusOfProvider', () => {
  test.each([
    ['pending', 'submitting', null, '2028-08-31'],
    ['active', 'pending', 'active', '2028-08-31'],
    ['active', 'active', null, '2028-08-31'],
    ['cancelled', 'active', 'cancelled', '2028-08-31'],
    ['ended', 'active', null, '2026-11-20'],
    ['pending', 'unknown', 'pending', '2028-08-31'],
  ] as const)(
    'is %s after %s when the provider says %s and the tenancy ends on %s',
    (status, current, word, end) => {
      expect(statusOfProvider(current, word, end, '2026-11-21')).toBe(status)
    },
  )
})

test('only what ended without being done has failed', () => {
  expect(
    [done, skipped, step('planned'), step('unknown'), step('refused'), step('not_sent')].map(hasFailed),
  ).toEqual([false, false, false, false, true, true])
})
