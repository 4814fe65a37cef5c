import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDeadline } from '#providers/deadline'
import type { Budget, Limiter, Release } from '#providers/limiter'
import { createLimiter } from '#providers/limiter'
import type { Limits } from '#providers/port/index'
import { createManualClock } from '#test/manual-clock'
import { failureOf } from '#test/provider-runtime'

const perTenSeconds = (requests: number, concurrent = 1_000): Limits => ({
  window: { requests, ms: 10_000 },
  concurrent,
})

/** A limiter over one budget, and the order in which it lets calls through. */
function setUp(limits: Limits) {
  const clock = createManualClock()
  const limiter: Limiter = createLimiter({ clock })
  const budget: Budget = { key: 'k', provider: 'one_utility_bill', operation: 'quotes.create', limits }
  const through: { account: string; at: number; release: Release }[] = []
  const ask = (account: string, deadlineMs = 60_000) =>
    limiter.acquire(budget, account, createDeadline(deadlineMs, undefined, clock)).then(release => {
      through.push({ account, at: clock.now(), release })
      return release
    })
  const accounts = () => through.map(({ account }) => account).join('')
  /** Lets what was told to the limiter arrive. */
  const told = () => clock.advance(0)
  return { clock, limiter, through, ask, accounts, told }
}

/** The most that fell into any window of `ms`. */
function busiest(times: readonly number[], ms: number): number {
  return Math.max(...times.map(start => times.filter(at => at >= start && at < start + ms).length))
}

test('never lets more through in any window than the limit, and wastes next to nothing', async () => {
  const { clock, through, ask } = setUp(perTenSeconds(25))
  const asked = Array.from({ length: 200 }, (_, index) => ask(`a${index % 4}`, 90_000))
  for (let step = 0; step < 800; step += 1) {
    await clock.advance(100)
    for (const { release } of through) release()
  }
  await Promise.all(asked)
  const times = through.map(({ at }) => at)
  expect(busiest(times, 10_000)).toBe(25)
  expect(Math.max(...times)).toBeLessThan(73_000)
})

test('a call counts until one window after its answer, since nobody knows when it was counted over there', async () => {
  const { clock, through, ask, told } = setUp(perTenSeconds(1))
  await ask('a')
  const second = ask('a')
  await clock.advance(15_000)
  expect(through).toHaveLength(1)
  through[0]?.release()
  await told()
  await clock.advance(9_999)
  expect(through).toHaveLength(1)
  await clock.advance(100)
  await second
})

test('accounts take turns, however many calls one of them has waiting', async () => {
  const { clock, through, ask, accounts } = setUp({ window: null, concurrent: 1 })
  for (const account of 'aaaaabbc') void ask(account)
  for (let step = 0; step < 8; step += 1) {
    await clock.advance(1)
    through[step]?.release()
  }
  expect(accounts()).toBe('abcabaaa')
})

test('no more calls are under way at once than allowed', async () => {
  const { clock, limiter, through, ask } = setUp({ window: null, concurrent: 3 })
  for (let count = 0; count < 5; count += 1) void ask('a')
  await clock.advance(0)
  expect(limiter.state('k')).toMatchObject({ underWay: 3, waiting: 2, window: null })
  through[0]?.release()
  through[0]?.release()
  await clock.advance(0)
  expect(limiter.state('k')).toMatchObject({ underWay: 3, waiting: 1 })
})

test('a call whose turn would come after its deadline is refused at once, with the time to wait', async () => {
  const { clock, through, ask, told } = setUp(perTenSeconds(2))
  await Promise.all([ask('a'), ask('a')])
  for (const { release } of through) release()
  await told()
  await clock.advance(4_000)
  expect(await failureOf(ask('b', 5_000))).toEqual({
    provider: 'one_utility_bill',
    operation: 'quotes.create',
    code: 'rate_limited',
    outcome: 'not_sent',
    message: 'The calls that one_utility_bill allows are used up for now',
    retryAfterMs: 6_020,
    final: true,
  })
})

test('a call that waits for a place leaves the queue when its deadline comes', async () => {
  const { clock, limiter, ask, told } = setUp({ window: null, concurrent: 1 })
  await ask('a')
  const late = failureOf(ask('b', 3_000))
  await told()
  await clock.advance(3_000)
  expect(await late).toMatchObject({ code: 'rate_limited', outcome: 'not_sent', retryAfterMs: 1_000 })
  expect(limiter.state('k')).toMatchObject({ underWay: 1, waiting: 0 })
})

test('a call that waits for a ledger which does not answer is told so', async () => {
  const clock = createManualClock()
  const windows = { change: () => new Promise<never>(() => undefined) }
  const limiter = createLimiter({ clock, windows })
  const limits = perTenSeconds(5)
  const budget: Budget = { key: 'k', provider: 'one_utility_bill', operation: 'quotes.create', limits }
  const late = failureOf(limiter.acquire(budget, 'a', createDeadline(3_000, undefined, clock)))
  await clock.advance(3_000)
  expect(await late).toMatchObject({ code: 'provider_unavailable', outcome: 'not_sent', retryAfterMs: 1_000 })
})

test('one account cannot fill the queue for the others', async () => {
  const { clock, limiter, ask } = setUp({ window: null, concurrent: 1 })
  await ask('a')
  const greedy = Array.from({ length: 300 }, () => failureOf(ask('a', 1_000)))
  void ask('b').catch(() => undefined)
  await clock.advance(0)
  expect(limiter.state('k')).toMatchObject({ waiting: 251 })
  await clock.advance(1_000)
  expect((await Promise.all(greedy)).every(({ code }) => code === 'rate_limited')).toBe(true)
})

test('a lower X-RateLimit-Limit lowers the limit, a higher one never raises it', async () => {
  const { limiter, ask, told } = setUp(perTenSeconds(25))
  await ask('a')
  limiter.observe('k', { limit: 60 })
  await told()
  expect(limiter.state('k')?.window).toEqual({ requests: 25, ms: 10_000 })
  limiter.observe('k', { limit: 10 })
  await told()
  expect(limiter.state('k')?.window).toEqual({ requests: 10, ms: 10_000 })
  limiter.observe('k', { limit: 60 })
  await told()
  expect(limiter.state('k')?.window).toEqual({ requests: 25, ms: 10_000 })
})

test('what other users of the credentials have taken is not taken again', async () => {
  const { clock, limiter, through, ask } = setUp(perTenSeconds(5))
  await ask('a')
  limiter.observe('k', { remaining: 1 })
  void ask('a')
  void ask('a').catch(() => undefined)
  await clock.advance(0)
  expect(through).toHaveLength(2)
})

test('X-RateLimit-Remaining: 0 that others have brought about pauses a whole window', async () => {
  const { clock, limiter, through, ask, told } = setUp(perTenSeconds(5))
  await ask('a')
  through[0]?.release()
  await told()
  await clock.advance(6_000)
  limiter.observe('k', { remaining: 0 })
  await told()
  const next = ask('a')
  await clock.advance(9_999)
  expect(through).toHaveLength(1)
  await clock.advance(100)
  await next
})

test('X-RateLimit-Remaining: 0 that we brought about ourselves ends with our oldest call', async () => {
  const { clock, limiter, through, ask, told } = setUp(perTenSeconds(2))
  await ask('a')
  through[0]?.release()
  await told()
  await clock.advance(6_000)
  await ask('a')
  limiter.observe('k', { remaining: 0 })
  await told()
  const next = ask('a')
  await clock.advance(4_020)
  await next
})

test('a pause that the provider asks for holds everybody who shares the credentials', async () => {
  const { clock, limiter, accounts, ask, told } = setUp({ window: null, concurrent: 5 })
  await ask('a')
  limiter.observe('k', { pauseMs: 2_000 })
  await told()
  const waiting = Promise.all([ask('b'), ask('c')])
  await clock.advance(1_999)
  expect(accounts()).toBe('a')
  await clock.advance(1)
  await waiting
  expect(limiter.state('k')).toMatchObject({ underWay: 3, pausedMs: 0 })
})

test('budgets do not touch each other', async () => {
  const { limiter, clock } = setUp(perTenSeconds(1))
  const of = (key: string): Budget => ({
    key,
    provider: 'homebox',
    operation: 'quotes.create',
    limits: perTenSeconds(1),
  })
  await limiter.acquire(of('x'), 'a', createDeadline(10, undefined, clock))
  await limiter.acquire(of('y'), 'a', createDeadline(10, undefined, clock))
  expect(limiter.state('x')).toMatchObject({ used: 1 })
  expect(limiter.state('nobody')).toBeNull()
})

const asked = fc.record({
  account: fc.constantFrom('a', 'b', 'c'),
  pauseMs: fc.nat(4_000),
  holdMs: fc.nat(3_000),
})

test('whatever comes, the limit holds and everybody gets a turn', async () => {
  const property = fc.asyncProperty(
    fc.array(asked, { minLength: 1, maxLength: 25 }),
    fc.integer({ min: 1, max: 4 }),
    async (actions, limit) => {
      const { clock, limiter, through, ask } = setUp(perTenSeconds(limit, 3))
      for (const { account, holdMs, pauseMs } of actions) {
        void ask(account, 1_000_000).then(release => clock.after(holdMs, release))
        await clock.advance(pauseMs)
      }
      await clock.advance(500_000)
      expect(through).toHaveLength(actions.length)
      expect(
        busiest(
          through.map(({ at }) => at),
          10_000,
        ),
      ).toBeLessThanOrEqual(limit)
      expect(limiter.state('k')).toMatchObject({ waiting: 0, underWay: 0, used: 0 })
    },
  )
  await fc.assert(property, { numRuns: 40 })
})
