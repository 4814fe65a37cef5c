import type { Clock } from '#providers/clock'
import type { LimitState, RateFacts, Release } from '#providers/limiter'
import type { Limits } from '#providers/port/index'
import { createSlidingLog } from '#providers/sliding-log'
import { createTurns } from '#providers/turns'

/** Calls that may wait for one budget in all, and of one account, so that nobody fills the queue alone. */
const LONGEST_QUEUE = 1_000
const LONGEST_QUEUE_PER_ACCOUNT = 250
const NO_WINDOW = { requests: Number.POSITIVE_INFINITY, ms: 0 }

type Go = (release: Release) => void

/** The calls of one budget: those under way and those that wait. */
export interface BudgetQueue {
  /** Milliseconds until a further call of this account may go, at the earliest. */
  waitMs(accountId: string): number
  isFull(accountId: string): boolean
  /** Puts a call in line; `go` is called once, possibly at once. Returns the way out of the line. */
  join(accountId: string, go: Go): () => void
  observe(facts: RateFacts): void
  state(): LimitState
  atRest(): boolean
}

export function createBudgetQueue(limits: Limits, clock: Clock): BudgetQueue {
  const window = limits.window ?? NO_WINDOW
  const log = createSlidingLog(window)
  const turns = createTurns<Go>()
  let limit = window.requests
  let pausedUntil = 0
  let stopTimer: (() => void) | null = null

  function waitFor(ahead: number): number {
    const now = clock.now()
    return Math.max(0, pausedUntil - now, log.waitMs(ahead, limit, now))
  }

  function letThrough(go: Go): void {
    log.begin()
    let released = false
    go(() => {
      if (released) return
      released = true
      log.end(clock.now())
      serve()
    })
  }

  function serve(): void {
    stopTimer?.()
    stopTimer = null
    while (log.underWay < limits.concurrent && waitFor(1) === 0) {
      const next = turns.next()
      if (!next) return
      letThrough(next)
    }
    const wait = turns.waiting > 0 ? waitFor(1) : 0
    // No timer when only the places are taken: whoever gives one back serves the line.
    if (wait > 0) stopTimer = clock.after(wait, serve)
  }

  function observe({ pauseMs = 0, remaining, limit: told = limit }: RateFacts): void {
    const now = clock.now()
    pausedUntil = Math.max(pausedUntil, now + pauseMs)
    if (limits.window) {
      limit = Math.min(window.requests, told)
      const byOthers = remaining === undefined ? 0 : log.trust(remaining, limit, now)
      // Others use these credentials too, so our own log does not tell when the provider's window ends.
      if (remaining === 0 && byOthers > 0) pausedUntil = Math.max(pausedUntil, now + window.ms)
    }
    serve()
  }

  return {
    waitMs: accountId => waitFor(turns.ahead(accountId) + 1),
    isFull: accountId =>
      turns.waiting >= LONGEST_QUEUE || turns.waitingOf(accountId) >= LONGEST_QUEUE_PER_ACCOUNT,
    join: (accountId, go) => {
      turns.add(accountId, go)
      serve()
      return () => {
        if (turns.remove(accountId, go)) serve()
      }
    },
    observe,
    state: () => ({
      window: limits.window && { requests: limit, ms: window.ms },
      used: limits.window ? log.used(clock.now()) : log.underWay,
      underWay: log.underWay,
      waiting: turns.waiting,
      pausedMs: Math.max(0, pausedUntil - clock.now()),
    }),
    atRest: () => turns.waiting === 0 && log.used(clock.now()) === 0 && pausedUntil <= clock.now(),
  }
}
