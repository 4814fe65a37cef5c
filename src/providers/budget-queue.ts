import { createCallNews } from '#providers/call-news'
import type { Seat, WindowReply, WindowRequest } from '#providers/call-window'
import { windowWaitMs } from '#providers/call-window'
import type { Clock } from '#providers/clock'
import type { LimitState, RateFacts, Release } from '#providers/limiter'
import type { Limits } from '#providers/port/index'
import { createTurns } from '#providers/turns'

/** Calls that may wait for one budget in all, and of one account, so that nobody fills the queue alone. */
const LONGEST_QUEUE = 1_000
const LONGEST_QUEUE_PER_ACCOUNT = 250
/** A seat that took longer to come may not count any more when its call is under way: it is given back. */
export const SEAT_KEEPS_MS = 2_000

/** Whoever keeps the window answers in milliseconds when all is well. */
const ANSWERED_WITHIN_MS = 500

export interface Waiting {
  /** Called once, possibly at once, unless the call leaves the line before. */
  go(release: Release): void
  /** Called in its place when nobody can tell whether there is room. */
  refuse(cause: unknown): void
  /** Called when its turn comes after so many milliseconds at the earliest; it may leave. */
  hear(waitMs: number): void
}

/** The calls of one budget in this process: those under way and those that wait. */
export interface BudgetQueue {
  /** Milliseconds until a further call of this account may go, at the earliest. */
  waitMs(accountId: string): number
  isFull(accountId: string): boolean
  /** Whoever keeps the window has not answered for so long that nothing is known of it. */
  isOutOfReach(): boolean
  /** Puts a call in line. Returns the way out of it. */
  join(accountId: string, waiting: Waiting): () => void
  observe(facts: RateFacts): void
  state(): LimitState
  atRest(): boolean
}

/** What is known here of the window; instants on this process's clock. */
interface View {
  readonly limit: number
  readonly counted: readonly number[]
  readonly elsewhere: ReadonlyMap<string, number>
}

export interface BudgetQueueDeps {
  readonly limits: Limits
  readonly clock: Clock
  /** Speaks with whoever keeps the window. */
  readonly ask: (request: Omit<WindowRequest, 'process'>) => Promise<WindowReply>
}

export function createBudgetQueue({ limits, clock, ask }: BudgetQueueDeps): BudgetQueue {
  const turns = createTurns<Waiting>()
  const news = createCallNews(clock)
  let view: View = {
    limit: limits.window?.requests ?? Number.POSITIVE_INFINITY,
    counted: [],
    elsewhere: new Map(),
  }
  let underWay = 0
  let pausedUntil = 0
  let asking = false
  let askedAt = 0
  let again = false
  let stopTimer: (() => void) | null = null

  function counted(): number[] {
    const now = clock.now()
    return view.counted.filter(at => at > now)
  }

  function begin(seat: Seat): void {
    underWay += 1
    let released = false
    const release = () => {
      if (released) return
      released = true
      underWay -= 1
      news.over(seat)
      serve()
    }
    turns.next(seat.accountId)?.go(release)
  }

  function giveBack(seat: Seat): void {
    news.unused(seat)
    again = true
  }

  function read(reply: WindowReply): void {
    const now = clock.now()
    view = { ...reply, counted: reply.countedMs.map(ms => now + ms) }
    pausedUntil = Math.max(pausedUntil, now + reply.pausedMs)
    const tooLate = now - askedAt > SEAT_KEEPS_MS || pausedUntil > now
    for (const seat of reply.seats) {
      if (turns.waiting > 0 && !tooLate) begin(seat)
      else giveBack(seat)
    }
    if (reply.askAgainMs === null) return
    for (const waiting of turns.items()) waiting.hear(reply.askAgainMs)
    if (turns.waiting > 0) stopTimer = clock.after(Math.ceil(reply.askAgainMs), serve)
  }

  async function round(): Promise<void> {
    stopTimer?.()
    stopTimer = null
    const { told, putBack } = news.take()
    askedAt = clock.now()
    try {
      const room = Math.max(0, limits.concurrent - underWay)
      read(await ask({ ...told, waiting: turns.counts(), room }))
    } catch (cause) {
      // Told with the next request; until then these seats count for longer than they need to.
      putBack()
      for (let first = turns.next(); first; first = turns.next()) first.refuse(cause)
    }
  }

  async function converse(): Promise<void> {
    asking = true
    askedAt = clock.now()
    // What happens in the same breath is told together.
    await Promise.resolve()
    while (again) {
      again = false
      await round()
    }
    asking = false
  }

  function serve(): void {
    again = true
    if (!asking) void converse()
  }

  function waitMs(accountId: string): number {
    const mine = turns.waitingOf(accountId) + 1
    const others = [...view.elsewhere.values()].reduce((sum, count) => sum + Math.min(count, mine), 0)
    const ahead = turns.ahead(accountId) + others + 1
    const now = clock.now()
    const free = limits.window ? windowWaitMs(counted(), ahead, view.limit, limits.window, now) : 0
    return Math.max(0, pausedUntil - now, free)
  }

  return {
    waitMs,
    isOutOfReach: () => asking && clock.now() - askedAt > ANSWERED_WITHIN_MS,
    isFull: accountId =>
      turns.waiting >= LONGEST_QUEUE || turns.waitingOf(accountId) >= LONGEST_QUEUE_PER_ACCOUNT,
    join: (accountId, waiting) => {
      turns.add(accountId, waiting)
      serve()
      return () => {
        if (turns.remove(accountId, waiting) && turns.waiting === 0) serve()
      }
    },
    observe: facts => {
      pausedUntil = Math.max(pausedUntil, clock.now() + (facts.pauseMs ?? 0))
      news.heard(facts)
      serve()
    },
    state: () => ({
      window: limits.window && { requests: view.limit, ms: limits.window.ms },
      used: limits.window ? counted().length : underWay,
      underWay,
      waiting: turns.waiting,
      pausedMs: Math.max(0, pausedUntil - clock.now()),
    }),
    atRest: () =>
      turns.waiting === 0 &&
      underWay === 0 &&
      !asking &&
      counted().length === 0 &&
      pausedUntil <= clock.now(),
  }
}
