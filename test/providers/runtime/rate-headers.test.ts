import { describe, expect, test } from 'vitest'
import { rateFacts, retryAfterMs } from '#providers/wire/rate-headers'

const now = new Date('2026-08-01T09:30:00.000Z')
const unix = now.getTime() / 1_000
const pause = (headers: Record<string, string>, status = 429) => rateFacts({ status, headers }, now).pauseMs

describe('a 429 pauses for', () => {
  test.each([
    ['the seconds of Retry-After', { 'retry-after': '7' }, 7_000],
    ['the date of Retry-After', { 'retry-after': 'Sat, 01 Aug 2026 09:30:09 GMT' }, 9_000],
    [
      'Retry-After before X-RateLimit-Reset',
      { 'retry-after': '7', 'x-ratelimit-reset': String(unix + 60) },
      7_000,
    ],
    ['the Unix time of X-RateLimit-Reset', { 'x-ratelimit-reset': String(unix + 4) }, 4_000],
    ['the seconds of X-RateLimit-Reset', { 'x-ratelimit-reset': '4' }, 4_000],
    ['a second when it says nothing', {}, 1_000],
    ['a second when it says nonsense', { 'retry-after': 'soon' }, 1_000],
    ['a second when it says a negative number', { 'retry-after': '-5' }, 1_000],
    ['a second when it says zero', { 'retry-after': '0' }, 1_000],
    ['a second when the time has passed', { 'x-ratelimit-reset': String(unix - 60) }, 1_000],
    ['five minutes when it says a day', { 'retry-after': '86400' }, 300_000],
    [
      'five minutes when it says a date far away',
      { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' },
      300_000,
    ],
  ])('%s', (_, headers, expected) => {
    expect(pause(headers)).toBe(expected)
  })

  test.each([-600, 600])("as long as by the provider's own clock when ours is %d seconds off", seconds => {
    const theirs = new Date(now.getTime() + seconds * 1_000)
    const date = theirs.toUTCString()
    expect(pause({ date, 'x-ratelimit-reset': String(unix + seconds + 5) })).toBe(5_000)
    const later = new Date(theirs.getTime() + 5_000).toUTCString()
    expect(pause({ date, 'retry-after': later })).toBe(5_000)
  })
})

test('only a 429 pauses, and only there X-RateLimit-Reset is read', () => {
  expect(pause({ 'x-ratelimit-reset': '4', 'retry-after': '7' }, 200)).toBeUndefined()
  expect(retryAfterMs({ status: 503, headers: { 'retry-after': '7' } }, now)).toBe(7_000)
})

test.each([
  [
    { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '0' },
    { limit: 60, remaining: 0 },
  ],
  [{ 'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '-1' }, {}],
  [{ 'x-ratelimit-limit': '1e9', 'x-ratelimit-remaining': 'many' }, {}],
  [{}, {}],
])('of %j it is taken in %j', (headers, facts) => {
  expect(rateFacts({ status: 200, headers }, now)).toEqual(facts)
})
