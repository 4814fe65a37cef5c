import { describe, expect, test } from 'vitest'
import type { OperationState } from '#contract/operations'
import type { ProviderFailure } from '#contract/problems'
import { statusOfLead, statusOfSubmission } from '#resources/leads/lead-status'

const failure = (code: string, retryable: boolean): ProviderFailure => ({
  code,
  message: '',
  retryable,
  provider_status: null,
  provider_message: null,
  provider_request_id: null,
  errors: [],
  candidates: [],
})
const entry = (state: OperationState, error: ProviderFailure | null = null) => ({
  state,
  error,
  resolution: null,
})
const said = (outcome: 'happened' | 'did_not_happen') => ({
  ...entry('settled_by_person', failure('provider_timeout', true)),
  resolution: { outcome, send_again: false, at: '2026-11-21T12:00:00.000Z', key_id: 'key' },
})

describe('the status of a submission', () => {
  test.each(['planned', 'sending', 'unknown'] as const)('is unknown while its operation is %s', state => {
    expect(statusOfSubmission(entry(state))).toBe('unknown')
  })

  test('is submitted once its operation has succeeded, or a person says that it happened', () => {
    expect(statusOfSubmission(entry('succeeded'))).toBe('submitted')
    expect(statusOfSubmission(said('happened'))).toBe('submitted')
  })

  test.each([
    ['refused', 'provider_rejected', false],
    ['refused', 'address_ambiguous', false],
    ['not_sent', 'validation_failed', false],
    ['not_sent', 'capability_not_supported', false],
  ] as const)('is rejected when it was %s with %s', (state, code, retryable) => {
    expect(statusOfSubmission(entry(state, failure(code, retryable)))).toBe('rejected')
  })

  test.each([
    ['refused', 'provider_auth_failed', false],
    ['not_sent', 'provider_auth_failed', false],
    ['not_sent', 'rate_limited', true],
    ['not_sent', 'provider_unavailable', true],
    ['not_sent', 'provider_timeout', true],
  ] as const)('is failed when it was %s with %s', (state, code, retryable) => {
    expect(statusOfSubmission(entry(state, failure(code, retryable)))).toBe('failed')
  })

  test('is failed when a person says that it did not happen', () => {
    expect(statusOfSubmission(said('did_not_happen'))).toBe('failed')
  })
})

describe('the status of a lead', () => {
  test.each([
    ['submitted', ['submitted', 'submitted']],
    ['partial', ['submitted', 'rejected']],
    ['partial', ['failed', 'submitted']],
    ['failed', ['rejected', 'failed']],
    ['unknown', ['submitted', 'unknown']],
    ['unknown', ['rejected', 'unknown']],
  ] as const)('is %s for %j', (expected, statuses) => {
    expect(statusOfLead(statuses.map(status => ({ status })))).toBe(expected)
  })
})
