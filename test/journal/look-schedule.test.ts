import { describe, expect, test } from 'vitest'
import { firstLookAt, nextLookAt, weighAbsence } from '#journal/look-schedule'

const unknownAt = new Date('2026-11-21T12:00:00.000Z')
const later = (ms: number) => new Date(unknownAt.getTime() + ms)
const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('looks', () => {
  test('come first after 5 s, then ever more rarely, and after three days not any more', () => {
    const waits: number[] = []
    let at: Date | null = firstLookAt(unknownAt)
    for (let last = unknownAt; at !== null && waits.length < 1_000; ) {
      waits.push((at.getTime() - last.getTime()) / 1_000)
      last = at
      at = nextLookAt(unknownAt, at)
    }
    expect(waits.slice(0, 9)).toEqual([5, 15, 45, 135, 405, 1_215, 3_600, 3_600, 3_600])
    expect(waits).toHaveLength(78)
    const total = waits.reduce((sum, wait) => sum + wait) * 1_000
    expect(total).toBeGreaterThanOrEqual(3 * DAY)
    expect(total).toBeLessThan(3 * DAY + HOUR)
  })

  test('wait for as long as the provider asks, and no longer than an hour', () => {
    const now = later(5_000)
    expect(nextLookAt(unknownAt, now, 90_000)).toEqual(later(95_000))
    expect(nextLookAt(unknownAt, now, 1_000)).toEqual(later(20_000))
    expect(nextLookAt(unknownAt, now, DAY)).toEqual(later(5_000 + HOUR))
  })

  test('do not mind a clock that stands before the time', () => {
    expect(nextLookAt(unknownAt, later(-60_000))).toEqual(later(-55_000))
  })
})

describe('finding nothing', () => {
  test.each([
    ['within a minute', 59_999, null, 'too_early'],
    ['after a minute', 60_000, null, 'first_time'],
    ['again within a minute of that', 119_999, 60_000, 'once_more'],
    ['again a minute later', 120_000, 60_000, 'proven'],
    ['by a look that was begun before', 59_999, 60_000, 'too_early'],
  ] as const)('%s (%i, %j) is %s', (_, lookedAt, absentAt, weight) => {
    const known = { unknownAt, absentAt: absentAt === null ? null : later(absentAt) }
    expect(weighAbsence(known, later(lookedAt))).toBe(weight)
  })
})
