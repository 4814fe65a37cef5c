import { describe, expect, test } from 'vitest'
import { LONGEST_WAIT_MS, MOST_ATTEMPTS, nextAttemptInMs, pauseInMs } from '#jobs/deliveries/schedule'

const HOUR = 3_600_000
const attempts = Array.from({ length: MOST_ATTEMPTS }, (_, index) => index + 1)
const delays = (random: number) => attempts.map(attempt => nextAttemptInMs(attempt, 0, random))
const sum = (ms: readonly (number | null)[]) => ms.reduce<number>((total, one) => total + (one ?? 0), 0)

describe('the schedule of a delivery', () => {
  test('begins with five seconds, grows, and ends after three days', () => {
    expect(delays(0).map(ms => ms && ms / 1_000)).toEqual([
      5,
      300,
      1_800,
      7_200,
      18_000,
      36_000,
      50_400,
      72_000,
      86_400,
      null,
    ])
    expect(sum(delays(0)) / HOUR).toBeCloseTo(75.6, 1)
  })

  test('is lengthened by a tenth at most, so that what failed together is not tried together', () => {
    expect(delays(1).slice(0, -1)).toEqual(delays(0).flatMap(ms => (ms === null ? [] : [ms + ms / 10])))
    expect(nextAttemptInMs(1, 0, 0.5)).toBe(5_250)
  })

  test('gives a receiver the time that it asks for, a day at most, but never less than planned', () => {
    expect(nextAttemptInMs(1, 120_000, 0)).toBe(120_000)
    expect(nextAttemptInMs(3, 1_000, 0)).toBe(1_800_000)
    expect(nextAttemptInMs(1, 90 * HOUR, 0)).toBe(LONGEST_WAIT_MS)
    expect(nextAttemptInMs(MOST_ATTEMPTS, 120_000, 0)).toBeNull()
  })
})

test.each([
  [429, 5_000, 5_000],
  [503, HOUR + 1, HOUR],
  [429, 0, 0],
  [500, 5_000, 0],
  [200, 5_000, 0],
  [null, 5_000, 0],
])('an answer %s that asks for %d ms is a pause of %d ms', (status, askedForMs, pauseMs) => {
  expect(pauseInMs(status, askedForMs)).toBe(pauseMs)
})
