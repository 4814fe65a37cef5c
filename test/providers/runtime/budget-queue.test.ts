import { describe, expect, test } from 'vitest'
import { type BudgetQueueDeps, createBudgetQueue } from '#providers/budget-queue'
import type { Seat, WindowReply } from '#providers/call-window'
import type { Release } from '#providers/limiter'
import type { Limits } from '#providers/port/index'
import { createManualClock } from '#test/manual-clock'

const SPAN_MS = 10_020
const counted: Limits = { window: { requests: 5, ms: 10_000 }, concurrent: 10 }
const uncounted: Limits = { window: null, concurrent: 10 }
const seat = (accountId: string, number: number): Seat => ({ accountId, number })

/** The calls of one process, and whoever keeps the window in the hands of the test. */
function setUp(limits = counted) {
  const clock = createManualClock()
  const asked: Parameters<BudgetQueueDeps['ask']>[0][] = []
  let reply = Promise.withResolvers<WindowReply>()
  const queue = createBudgetQueue({
    limits,
    clock,
    ask: request => {
      asked.push(request)
      reply = Promise.withResolvers()
      return reply.promise
    },
  })
  const heard: string[] = []
  const releases: Release[] = []
  const join = (account: string) =>
    queue.join(account, {
      go: release => {
        heard.push(`${account} goes`)
        releases.push(release)
      },
      refuse: cause => heard.push(`${account} refused: ${cause}`),
      hear: ms => heard.push(`${account} hears ${ms}`),
    })
  /** Lets what happened in one breath be asked. */
  const flush = () => clock.advance(0)
  const answer = (said: Partial<WindowReply> = {}) => {
    const nothing = {
      seats: [],
      limit: 5,
      pausedMs: 0,
      countedMs: [],
      elsewhere: new Map(),
      askAgainMs: null,
    }
    reply.resolve({ ...nothing, ...said })
    return flush()
  }
  const fail = (cause: unknown) => {
    reply.reject(cause)
    return flush()
  }
  return { clock, queue, asked, heard, releases, join, flush, answer, fail }
}

describe('a seat', () => {
  test('that nobody waits for any more is given back at once', async () => {
    const { queue, asked, heard, join, flush, answer } = setUp()
    join('a')
    const leave = join('b')
    await flush()
    leave()
    await answer({ seats: [seat('a', 1), seat('b', 2)] })
    expect(heard).toEqual(['a goes'])
    expect(queue.state()).toMatchObject({ underWay: 1, waiting: 0 })
    expect(asked.slice(1)).toMatchObject([{ unused: [seat('b', 2)], room: 9 }])
  })

  test.each([
    [2_000, 'is taken', ['a goes'], []],
    [2_001, 'may not count any more and is given back', [], [seat('a', 1)]],
  ])('that comes after %i ms %s', async (ms, _, goes, unused) => {
    const { clock, asked, heard, join, flush, answer } = setUp()
    join('a')
    await flush()
    await clock.advance(ms)
    await answer({ seats: [seat('a', 1)] })
    expect(heard).toEqual(goes)
    expect(asked.slice(1).flatMap(request => request.unused)).toEqual(unused)
  })

  test('that comes when the provider has asked for a pause is given back', async () => {
    const { queue, asked, heard, join, flush, answer } = setUp()
    join('a')
    await flush()
    queue.observe({ pauseMs: 1_000 })
    await answer({ seats: [seat('a', 1)] })
    expect(heard).toEqual([])
    expect(asked[1]).toMatchObject({ unused: [seat('a', 1)], heard: [{ facts: { pauseMs: 1_000 } }] })
  })
})

describe('a call that waits', () => {
  test('hears how long, and asks again when it is worth it', async () => {
    const { clock, asked, heard, join, flush, answer } = setUp()
    join('a')
    await flush()
    await answer({ askAgainMs: 99.5 })
    expect(heard).toEqual(['a hears 99.5'])
    await clock.advance(99)
    expect(asked).toHaveLength(1)
    await clock.advance(1)
    expect(asked).toHaveLength(2)
  })

  test('asks no more once it has left, and lets that be known', async () => {
    const { clock, asked, join, flush, answer } = setUp()
    const leave = join('a')
    await flush()
    leave()
    leave()
    await answer({ askAgainMs: 100 })
    expect(asked.map(({ waiting }) => [...waiting])).toEqual([[['a', 1]], []])
    await answer({ askAgainMs: 100 })
    expect(clock.timers()).toBe(0)
  })

  test('leaves without a word while others still wait', async () => {
    const { asked, join, flush, answer } = setUp()
    join('a')
    const leave = join('b')
    await flush()
    await answer()
    leave()
    await flush()
    expect(asked).toHaveLength(1)
  })

  test('is refused with the cause when nobody can tell, and what was to be told is told with the next', async () => {
    const { queue, asked, heard, join, flush, answer, fail } = setUp()
    queue.observe({ remaining: 3, tookMs: 40 })
    join('a')
    join('b')
    await flush()
    await fail('gone')
    expect(heard).toEqual(['a refused: gone', 'b refused: gone'])
    join('c')
    await flush()
    const heardOf = { facts: { remaining: 3 }, agoMs: 0, beganAgoMs: 40 }
    expect(asked[1]).toMatchObject({ heard: [heardOf], waiting: new Map([['c', 1]]) })
    await answer({ seats: [seat('c', 1)] })
    expect(heard[2]).toBe('c goes')
  })
})

describe('the time that a further call has to wait', () => {
  test('counts those of its own account, and no more of each other one, here and in other processes', async () => {
    const { queue, join, flush, answer } = setUp()
    for (const account of 'aabbb') join(account)
    await flush()
    await answer({ elsewhere: new Map([['c', 9]]), countedMs: [1_000, 2_000, 3_000] })
    // One of c goes before: there are two places.
    expect(queue.waitMs('d')).toBe(0)
    // Two of a, three of its own, four of c: the last goes when what goes third stops counting.
    expect(queue.waitMs('b')).toBe(SPAN_MS + 3_000)
  })

  test('is never shorter than a pause that the window knows of, nor does a later word shorten it', async () => {
    const { clock, queue, join, flush, answer } = setUp(uncounted)
    join('a')
    await flush()
    await answer({ pausedMs: 3_000 })
    expect(queue.waitMs('b')).toBe(3_000)
    await clock.advance(1_000)
    queue.observe({ pauseMs: 500 })
    await flush()
    await answer({ pausedMs: 100 })
    expect([queue.waitMs('b'), queue.state().pausedMs]).toEqual([2_000, 2_000])
  })

  test('knows at once of a pause that this process was told of', () => {
    const { queue } = setUp(uncounted)
    queue.observe({})
    expect(queue.waitMs('a')).toBe(0)
    queue.observe({ pauseMs: 700 })
    expect(queue.waitMs('a')).toBe(700)
  })
})

test('a line is full at a thousand calls, and for an account at a quarter of that', () => {
  const { queue, join } = setUp()
  const add = (account: string, count: number) => {
    for (let added = 0; added < count; added += 1) join(account)
  }
  for (const account of 'abc') add(account, 249)
  expect(queue.isFull('a')).toBe(false)
  add('a', 1)
  expect(queue.isFull('a')).toBe(true)
  add('d', 249)
  add('e', 2)
  expect(queue.isFull('f')).toBe(false)
  add('e', 1)
  expect(queue.isFull('f')).toBe(true)
})

test('whoever keeps the window is out of reach once an answer is half a second late', async () => {
  const { clock, queue, join, flush, answer } = setUp()
  join('a')
  await flush()
  await clock.advance(500)
  expect(queue.isOutOfReach()).toBe(false)
  await clock.advance(1)
  expect(queue.isOutOfReach()).toBe(true)
  await answer()
  expect(queue.isOutOfReach()).toBe(false)
})

test('the state tells the limit before anything is heard, and counts a call until its very end', async () => {
  const { clock, queue, join, flush, answer } = setUp()
  expect(queue.state()).toEqual({ window: counted.window, used: 0, underWay: 0, waiting: 0, pausedMs: 0 })
  join('a')
  await flush()
  await answer({ countedMs: [1_000] })
  await clock.advance(999)
  expect(queue.state().used).toBe(1)
  await clock.advance(1)
  expect(queue.state().used).toBe(0)
})

describe('a budget', () => {
  test('is at rest before and after all, but not while something waits or is asked', async () => {
    const { queue, join, flush, answer } = setUp()
    expect(queue.atRest()).toBe(true)
    const leave = join('a')
    expect(queue.atRest()).toBe(false)
    await flush()
    await answer()
    expect(queue.atRest()).toBe(false)
    leave()
    expect(queue.atRest()).toBe(false)
    await flush()
    await answer()
    expect(queue.atRest()).toBe(true)
  })

  test('is not at rest while a call is under way or counts', async () => {
    const { clock, queue, releases, join, flush, answer } = setUp()
    join('a')
    await flush()
    await answer({ seats: [seat('a', 1)] })
    expect(queue.atRest()).toBe(false)
    releases[0]?.()
    await flush()
    await answer({ countedMs: [1_000] })
    expect(queue.atRest()).toBe(false)
    await clock.advance(1_000)
    expect(queue.atRest()).toBe(true)
  })

  test('is not at rest while a pause lasts', async () => {
    const { clock, queue, flush, answer } = setUp()
    queue.observe({ pauseMs: 1_000 })
    await flush()
    await answer()
    expect(queue.atRest()).toBe(false)
    await clock.advance(1_000)
    expect(queue.atRest()).toBe(true)
  })
})
