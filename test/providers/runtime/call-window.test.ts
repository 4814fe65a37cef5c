import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CallWindow, Seat, WindowReply, WindowRequest, WindowRules } from '#providers/call-window'
import { windowWaitMs } from '#providers/call-window'
import type { RateFacts } from '#providers/limiter'
import { takePart } from '#providers/take-part'

const SPAN_MS = 10_020
const rules = { window: { requests: 6, ms: 10_000 }, longestCallMs: 5_000 }
const uncounted = { ...rules, window: { requests: Number.POSITIVE_INFINITY, ms: 0 } }

type Asked = Partial<Omit<WindowRequest, 'waiting' | 'heard' | 'over'>> & {
  waiting?: Record<string, number>
  facts?: readonly RateFacts[]
  /** Calls that ended just now. */
  over?: readonly Seat[]
  /** How late all of this is told. */
  agoMs?: number
}

/** A window that several processes take part in, at moments that the test names. */
function setUp(theRules: WindowRules = rules) {
  let window: CallWindow | null = null
  const ask = (
    now: number,
    { waiting = {}, facts = [], over = [], agoMs = 0, ...asked }: Asked = {},
  ): WindowReply => {
    const heard = facts.map(fact => ({ facts: fact, agoMs, beganAgoMs: agoMs + (fact.tookMs ?? 0) }))
    const ended = over.map(seat => ({ seat, agoMs }))
    const request = { process: 'p1', heard, over: ended, unused: [], room: 10, ...asked }
    const { next, result } = takePart(
      window,
      { ...request, waiting: new Map(Object.entries(waiting)) },
      theRules,
      now,
    )
    window = structuredClone(next)
    return result
  }
  const accounts = (now: number, asked: Asked) =>
    ask(now, asked)
      .seats.map(seat => seat.accountId)
      .join('')
  return { ask, accounts, kept: () => window }
}

test('what one process has taken, another cannot take', () => {
  const { ask } = setUp()
  expect(ask(0, { waiting: { a: 4 } }).seats).toHaveLength(4)
  const { seats, askAgainMs, countedMs } = ask(1_000, { process: 'p2', waiting: { b: 4 } })
  expect(seats).toHaveLength(2)
  expect(askAgainMs).toBe(SPAN_MS)
  expect(countedMs).toHaveLength(6)
})

test('a process learns when the calls of another stop counting', () => {
  const { ask } = setUp()
  const { seats } = ask(0, { waiting: { a: 6 } })
  ask(500, { over: seats })
  expect(ask(2_000, { process: 'p2', waiting: { b: 1 } }).askAgainMs).toBe(SPAN_MS - 1_500)
  expect(ask(500 + SPAN_MS, { process: 'p2', waiting: { b: 1 } }).seats).toHaveLength(1)
})

test('the seats of a process that died count until its calls can only be over, and a window longer', () => {
  const { ask } = setUp()
  ask(0, { waiting: { a: 6 } })
  expect(ask(5_000 + SPAN_MS - 1, { process: 'p2', waiting: { b: 6 } }).seats).toEqual([])
  expect(ask(5_000 + SPAN_MS, { process: 'p2', waiting: { b: 6 } }).seats).toHaveLength(6)
})

test('a call that lasted longer than it could counts from its end all the same', () => {
  const { ask } = setUp()
  const { seats } = ask(0, { waiting: { a: 1 } })
  ask(60_000, { over: seats })
  expect(ask(60_000 + SPAN_MS - 1).countedMs).toEqual([1])
})

test('a call that is told of late counts from when it was over', () => {
  const { ask } = setUp()
  const { seats } = ask(0, { waiting: { a: 6 } })
  ask(3_000, { over: seats, agoMs: 2_500 })
  expect(ask(500 + SPAN_MS, { waiting: { a: 6 } }).seats).toHaveLength(6)
})

test('a seat that nobody took is free at once', () => {
  const { ask } = setUp()
  const { seats } = ask(0, { waiting: { a: 6 } })
  expect(ask(1, { unused: seats.slice(0, 2), waiting: { a: 6 } }).seats).toHaveLength(2)
})

describe('between accounts of different processes', () => {
  test('an account that has its share leaves the rest to one that has not', () => {
    const { ask, accounts } = setUp()
    ask(0, { waiting: { a: 4 } })
    const { seats } = ask(1, { process: 'p2', waiting: { b: 9 }, room: 1 })
    ask(2, { process: 'p2', unused: seats, waiting: { b: 9 } })
    expect(accounts(3, { waiting: { a: 9 } })).toBe('')
  })

  test('what is kept for a process is free again when it does not come for it', () => {
    const { ask } = setUp()
    ask(0, { waiting: { a: 4 } })
    ask(1, { process: 'p2', facts: [{ pauseMs: 100 }], waiting: { b: 9 } })
    expect(ask(200, { waiting: { a: 9 } })).toMatchObject({ seats: [], askAgainMs: 100 })
    expect(ask(1_100, { waiting: { a: 9 } }).seats).toEqual([])
    expect(ask(1_101, { waiting: { a: 9 } }).seats).toHaveLength(2)
  })

  test('whoever has used least of the window goes first, then whoever stands first', () => {
    const { ask, accounts } = setUp()
    ask(0, { process: 'p2', waiting: { b: 1 } })
    expect(accounts(1, { waiting: { b: 3, c: 3, a: 3 } })).toBe('cabca')
  })

  test('nobody is kept waiting where nobody else waits', () => {
    const { accounts } = setUp()
    expect(accounts(0, { waiting: { a: 9 } })).toBe('aaaaaa')
  })

  test('a process that can begin nothing more keeps nothing from the others', () => {
    const { ask, accounts } = setUp()
    ask(0, { process: 'p2', waiting: { b: 9 }, room: 1 })
    expect(accounts(1, { waiting: { a: 9 } })).toBe('aaaaa')
  })

  test('the others hear of no more calls than a process could begin', () => {
    const { ask } = setUp()
    ask(0, { process: 'p2', facts: [{ pauseMs: 100 }], waiting: { b: 9, c: 9 }, room: 1 })
    expect(ask(1).elsewhere).toEqual(new Map([['b', 1]]))
  })
})

describe('a process that waits', () => {
  test('asks again when the first call stops counting, as if those under way ended now', () => {
    const { ask } = setUp()
    const { seats, askAgainMs } = ask(0, { waiting: { a: 9 } })
    expect(askAgainMs).toBe(SPAN_MS)
    ask(10, { over: seats.slice(0, 1) })
    const { askAgainMs: sooner, countedMs } = ask(1_010, { waiting: { a: 9 } })
    expect(sooner).toBe(SPAN_MS - 1_000)
    expect(countedMs).toEqual([SPAN_MS - 1_000, ...Array(5).fill(SPAN_MS)])
  })

  test('need not ask again when it got all that it wanted, or has no room for more', () => {
    const { ask, kept } = setUp()
    expect(ask(0, { waiting: { a: 2 } }).askAgainMs).toBeNull()
    expect(ask(1, { waiting: { a: 2 }, room: 0 }).askAgainMs).toBeNull()
    expect(kept()?.waiting).toEqual({})
  })
})

test('a call is forgotten when no answer can be late enough to ask for it', () => {
  const { ask, kept } = setUp()
  const { seats } = ask(0, { waiting: { a: 1 } })
  ask(10, { over: seats })
  ask(10 + SPAN_MS + 4_999)
  expect(kept()?.calls).toHaveLength(1)
  ask(10 + SPAN_MS + 5_000)
  expect(kept()?.calls).toEqual([])
})

describe('where a provider states no limit', () => {
  test('what it says of one holds nobody up', () => {
    const { ask } = setUp(uncounted)
    const facts = [{ limit: 2, remaining: 0 }]
    expect(ask(0, { facts, waiting: { a: 9 } })).toMatchObject({
      seats: { length: 9 },
      limit: Number.POSITIVE_INFINITY,
      pausedMs: 0,
    })
  })

  test('nothing is kept of a call that is over', () => {
    const { ask, kept } = setUp(uncounted)
    const { seats } = ask(0, { waiting: { a: 9 } })
    ask(10, { over: seats })
    expect(kept()?.calls).toEqual([])
  })
})

describe('the time until further calls may begin', () => {
  const wait = (counted: readonly number[], ahead: number) =>
    windowWaitMs(counted, ahead, 3, rules.window, 100)

  test.each([
    ['there is room', [200, 300], 1, 0],
    ['one has to stop counting', [200, 300], 2, 100],
    ['all have to', [200, 300], 3, 200],
    ['those ahead wait for one window', [], 4, SPAN_MS],
    ['those ahead wait for two windows', [], 7, 2 * SPAN_MS],
    ['they wait behind what counts', [200, 300], 5, SPAN_MS + 100],
  ])('is what they wait for: %s', (_, counted, ahead, expected) => {
    expect(wait(counted, ahead)).toBe(expected)
  })
})

describe('what a provider says', () => {
  test.each([
    ['Retry-After', { pauseMs: 30_000 }, { pausedMs: 30_000, limit: 6 }],
    ['a lower limit', { limit: 2 }, { pausedMs: 0, limit: 2 }],
    ['a higher limit', { limit: 60 }, { pausedMs: 0, limit: 6 }],
    ['that others have used it up', { remaining: 0 }, { pausedMs: 10_000, limit: 6 }],
  ])('to one process holds for all: %s', (_, fact, expected) => {
    const { ask } = setUp()
    ask(0, { facts: [fact] })
    expect(ask(0, { process: 'p2' })).toMatchObject(expected)
  })

  test('long ago is judged by the calls that counted then', () => {
    const { ask } = setUp()
    const { seats } = ask(0, { waiting: { a: 6 } })
    ask(10, { over: seats })
    const late = { facts: [{ remaining: 0, tookMs: 1_000 }], agoMs: 500, waiting: { a: 6 } }
    expect(ask(10 + SPAN_MS + 1_400, late).seats).toHaveLength(6)
  })

  test('longer ago than anybody remembers tells nothing of what is left', () => {
    const { ask } = setUp()
    expect(ask(20_000, { facts: [{ remaining: 0, tookMs: 5_001 }] })).toMatchObject({
      pausedMs: 0,
      countedMs: [],
    })
    expect(ask(20_000, { facts: [{ remaining: 0, tookMs: 5_000 }] }).pausedMs).toBe(10_000)
  })

  test('late pauses no longer than it asks for', () => {
    const { ask } = setUp()
    expect(ask(9_000, { facts: [{ pauseMs: 3_000 }], agoMs: 1_000 }).pausedMs).toBe(2_000)
  })

  test('of what others have used is counted', () => {
    const { ask } = setUp()
    ask(0, { waiting: { a: 1 } })
    ask(10, { facts: [{ remaining: 2 }] })
    expect(ask(20, { process: 'p2', waiting: { b: 9 } }).seats).toHaveLength(2)
    expect(ask(1_010).countedMs).toEqual([...Array(3).fill(SPAN_MS - 1_000), ...Array(3).fill(SPAN_MS)])
  })
})

const step = fc.record({
  process: fc.constantFrom('p1', 'p2', 'p3'),
  account: fc.constantFrom('a', 'b', 'c'),
  wants: fc.nat(6),
  passMs: fc.oneof(fc.nat(3_000), fc.constantFrom(0, 5_000, 10_000, SPAN_MS)),
  /** How many of its calls under way end now. */
  ends: fc.nat(6),
  /** When the provider counts the calls that begin now: 0 as they begin, 1 as they end. */
  countedAt: fc.constantFrom(0, 0.5, 1),
  dies: fc.boolean(),
})

interface Call {
  readonly seat: Seat
  readonly began: number
  readonly countedAt: number
}

test('whatever processes do, and whenever they die, no window of the provider holds more than the limit', () => {
  const property = fc.property(fc.array(step, { maxLength: 60 }), steps => {
    const { ask } = setUp()
    const underWay = new Map<string, readonly Call[]>()
    const counted: number[] = []
    const end = (calls: readonly Call[], now: number) => {
      for (const { began, countedAt } of calls)
        counted.push(began + (Math.min(now, began + rules.longestCallMs) - began) * countedAt)
    }
    let now = 0
    for (const { process, account, wants, passMs, ends, countedAt, dies } of steps) {
      now += passMs
      const mine = underWay.get(process) ?? []
      const over = mine.slice(0, ends)
      end(over, now)
      const { seats } = ask(now, {
        process,
        over: over.map(({ seat }) => seat),
        waiting: { [account]: wants },
      })
      const going = [...mine.slice(ends), ...seats.map(seat => ({ seat, began: now, countedAt }))]
      // Nobody hears how the calls of a process ended that has died.
      if (dies) end(going, Number.POSITIVE_INFINITY)
      underWay.set(process, dies ? [] : going)
    }
    for (const calls of underWay.values()) end(calls, Number.POSITIVE_INFINITY)
    for (const start of counted)
      expect(counted.filter(at => at >= start && at < start + 10_000).length).toBeLessThanOrEqual(6)
  })
  fc.assert(property, { numRuns: 300 })
})
