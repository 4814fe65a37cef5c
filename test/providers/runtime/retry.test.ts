import { describe, expect, test } from 'vitest'
import { outcomeOfRun } from '#providers/attempts'
import { type Outcome, ProviderError, type ProviderErrorFacts } from '#providers/provider-error'
import { createRetryBudget, nextAttemptInMs } from '#providers/retry'
import { createManualClock } from '#test/manual-clock'

function failure(facts: Partial<ProviderErrorFacts> = {}): ProviderError {
  return new ProviderError({
    provider: 'homebox',
    operation: 'tenants.delete',
    code: 'provider_unavailable',
    outcome: 'not_sent',
    message: 'homebox does not answer',
    ...facts,
  })
}

describe('the wait before the next attempt', () => {
  const run = { effect: 'unsafe', attempt: 1, leftMs: 60_000, random: () => 1 } as const

  test('is up to 200 ms, then up to 400 ms, and there is no fourth attempt', () => {
    const waits = [1, 2, 3, 4].map(attempt => nextAttemptInMs(failure(), { ...run, attempt }))
    expect(waits).toEqual([200, 400, null, null])
  })

  test('is left to chance as a whole', () => {
    const waits = [0, 0.25, 0.5].map(chance => nextAttemptInMs(failure(), { ...run, random: () => chance }))
    expect(waits).toEqual([0, 50, 100])
  })

  test('is never shorter than the provider asks for', () => {
    expect(nextAttemptInMs(failure({ retryAfterMs: 3_000 }), run)).toBe(3_000)
    expect(nextAttemptInMs(failure({ retryAfterMs: 50 }), run)).toBe(200)
  })

  test('ends before the time of the whole is up', () => {
    expect(nextAttemptInMs(failure(), { ...run, leftMs: 200 })).toBeNull()
    expect(nextAttemptInMs(failure(), { ...run, leftMs: 201 })).toBe(200)
  })

  test.each<[Outcome, 'repeatable' | 'unsafe', number | null]>([
    ['not_sent', 'repeatable', 200],
    ['not_sent', 'unsafe', 200],
    ['unknown', 'repeatable', 200],
    ['unknown', 'unsafe', null],
    ['refused', 'repeatable', null],
    ['refused', 'unsafe', null],
  ])('after an outcome %s of something %s is %j', (outcome, effect, wait) => {
    expect(nextAttemptInMs(failure({ outcome }), { ...run, effect })).toBe(wait)
  })

  test('does not come where the same would end the same', () => {
    expect(nextAttemptInMs(failure({ final: true }), run)).toBeNull()
    expect(nextAttemptInMs(failure({ code: 'provider_auth_failed' }), run)).toBeNull()
  })
})

describe('the budget of repeats', () => {
  const taken = (budget: ReturnType<typeof createRetryBudget>, key: string, tries: number) =>
    Array.from({ length: tries }, () => budget.take(key)).filter(Boolean).length

  test('is ten from the beginning, for each set of credentials', () => {
    const budget = createRetryBudget({ clock: createManualClock() })
    expect(taken(budget, 'one', 12)).toBe(10)
    expect(taken(budget, 'other', 12)).toBe(10)
  })

  test('grows by one with ten good runs', () => {
    const budget = createRetryBudget({ clock: createManualClock() })
    taken(budget, 'one', 10)
    for (let good = 0; good < 9; good += 1) budget.refund('one')
    expect(budget.take('one')).toBe(false)
    budget.refund('one')
    expect(taken(budget, 'one', 2)).toBe(1)
  })

  test('never holds more than ten', () => {
    const budget = createRetryBudget({ clock: createManualClock() })
    for (let good = 0; good < 50; good += 1) budget.refund('one')
    expect(taken(budget, 'one', 12)).toBe(10)
  })

  test('of credentials that nobody used for ten minutes is forgotten', async () => {
    const clock = createManualClock()
    const budget = createRetryBudget({ clock })
    taken(budget, 'one', 10)
    await clock.advance(599_999)
    taken(budget, 'other', 1)
    expect(budget.take('one')).toBe(false)
    await clock.advance(600_000)
    taken(budget, 'third', 1)
    expect(budget.take('one')).toBe(true)
  })
})

describe('what an error means for the whole operation', () => {
  const outcomeAfter = (
    outcome: Outcome,
    possibleWrites: number,
    effect: 'repeatable' | 'unsafe' = 'unsafe',
  ) => outcomeOfRun(failure({ outcome, status: 404 }), { effect, trace: { possibleWrites } }).facts

  test.each<[Outcome, number, Outcome]>([
    ['unknown', 1, 'unknown'],
    ['refused', 1, 'unknown'],
    ['not_sent', 1, 'unknown'],
    ['unknown', 0, 'not_sent'],
    ['refused', 0, 'refused'],
    ['not_sent', 0, 'not_sent'],
  ])('%s after %i possible writes is %s', (outcome, possibleWrites, whole) => {
    expect(outcomeAfter(outcome, possibleWrites)).toMatchObject({ outcome: whole, status: 404 })
  })

  test('stays what it is where nothing can be done twice', () => {
    expect(outcomeAfter('unknown', 0, 'repeatable').outcome).toBe('unknown')
    expect(outcomeAfter('refused', 1, 'repeatable').outcome).toBe('refused')
  })
})
