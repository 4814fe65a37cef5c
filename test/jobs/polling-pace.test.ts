import { describe, expect, test } from 'vitest'
import {
  afterLook,
  isCrowded,
  momentAfter,
  paceOf,
  spacingOf,
  type Subject,
  waitAfter,
} from '#jobs/polling-pace'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const now = new Date('2026-11-21T12:00:00.000Z')
const ago = (ms: number) => new Date(now.getTime() - ms)

describe('how often something is looked at', () => {
  const order = (status: 'pending' | 'active' | 'ended' | 'action_required', age: number): Subject => ({
    kind: 'order',
    status,
    at: ago(age),
  })
  const payments = (status: 'active' | 'cancelled' | 'failed', age: number, overFor = 0): Subject => ({
    kind: 'payments',
    status,
    at: ago(age),
    changedAt: ago(overFor),
  })
  const lead = (completed: boolean, age: number): Subject => ({ kind: 'lead', completed, at: ago(age) })
  const mandate = (
    status: 'active' | 'pending' | null,
    age: number,
    orderStatus: 'active' | 'ended' = 'active',
  ): Subject => ({ kind: 'mandate', status, orderStatus, at: ago(age) })

  test.each([
    ['a pending order on its first day', order('pending', HOUR), 15 * MINUTE],
    ['a pending order in its first fortnight', order('pending', DAY), HOUR],
    ['an old pending order', order('pending', 60 * DAY), 12 * HOUR],
    ['a young active order', order('active', HOUR), 2 * HOUR],
    ['an order that waits for a person', order('action_required', 15 * DAY), 12 * HOUR],
    ['an old active order', order('active', 300 * DAY), DAY],
    ['an order that has ended', order('ended', HOUR), null],
    ['the payments of an active order', payments('active', 20 * DAY), 12 * HOUR],
    ['the payments of an order that was just cancelled', payments('cancelled', 300 * DAY), DAY],
    [
      'the payments of an order cancelled a fortnight ago',
      payments('cancelled', 300 * DAY, 14 * DAY),
      3 * DAY,
    ],
    ['the payments of an order cancelled 60 days ago', payments('cancelled', 300 * DAY, 60 * DAY), null],
    ['the payments of an order that never was', payments('failed', HOUR), null],
    ['a young lead', lead(false, 0), 30 * MINUTE],
    ['a lead of last year', lead(false, 364 * DAY), DAY],
    ['a lead older than a year', lead(false, 365 * DAY), null],
    ['a completed lead', lead(true, HOUR), null],
    ['a mandate that nobody has seen yet', mandate(null, HOUR), 30 * MINUTE],
    ['a mandate under way of an old order', mandate('pending', 100 * DAY), DAY],
    ['an active mandate of a young order', mandate('active', 59 * DAY), DAY],
    ['an active mandate of an order of 60 days', mandate('active', 60 * DAY), null],
    ['a mandate under way of an order that has ended', mandate('pending', HOUR, 'ended'), null],
  ])('%s', (_what, subject, every) => {
    expect(paceOf(subject, now)).toBe(every)
  })
})

test('what fails waits twice as long each time, six hours at most, and from the eighth time on for a day', () => {
  expect([1, 2, 3, 7, 8, 100].map(waitAfter)).toEqual([
    2 * MINUTE,
    4 * MINUTE,
    8 * MINUTE,
    128 * MINUTE,
    DAY,
    DAY,
  ])
})

test('a moment is put off by up to a tenth, so that what began together does not stay together', () => {
  expect([0, 0.5, 0.999].map(random => momentAfter(now, HOUR, random).getTime() - now.getTime())).toEqual([
    HOUR,
    1.05 * HOUR,
    Math.round(1.0999 * HOUR),
  ])
})

test('looks take a fifth of what a provider allows, and four a second where nothing is known', () => {
  expect(spacingOf({ requests: 50, ms: 10_000 })).toBe(1_000)
  expect(spacingOf({ requests: 25, ms: 10_000 })).toBe(2_000)
  expect(spacingOf({ requests: 1_000, ms: 1_000 })).toBe(250)
  expect(spacingOf(null)).toBe(250)
})

test.each([
  ['nobody waits and half of it is left', { window: { requests: 50 }, used: 24, waiting: 0 }, false],
  ['half of it is used', { window: { requests: 50 }, used: 25, waiting: 0 }, true],
  ['a caller waits', { window: { requests: 50 }, used: 0, waiting: 1 }, true],
  ['there is no window and nobody waits', { window: null, used: 500, waiting: 0 }, false],
])('a provider is left to callers when %s: %o %s', (_when, limit, crowded) => {
  expect(isCrowded(limit)).toBe(crowded)
})

describe('after a look', () => {
  const watch = { failures: 3, looked_at: ago(DAY) }
  const chance = { now, random: 0 }
  const at = (ms: number) => new Date(now.getTime() + ms)

  test.each([
    ['that succeeded', { outcome: 'looked', paceMs: HOUR }, { nextAt: at(HOUR), failures: 0, lookedAt: now }],
    ['that was the last', { outcome: 'looked', paceMs: null }, { nextAt: null, failures: 0, lookedAt: now }],
    [
      'that had nothing to ask',
      { outcome: 'idle', paceMs: null },
      { nextAt: null, failures: 0, lookedAt: ago(DAY) },
    ],
    [
      'that failed',
      { outcome: 'failed', paceMs: null },
      { nextAt: at(16 * MINUTE), failures: 4, lookedAt: ago(DAY) },
    ],
    [
      'that the provider could not serve',
      { outcome: 'held', paceMs: null },
      { nextAt: at(2 * MINUTE), failures: 3, lookedAt: ago(DAY) },
    ],
  ] as const)('%s', (_which, look, kept) => {
    expect(afterLook(watch, look, chance)).toEqual(kept)
  })
})
