import type { Clock } from '#providers/clock'
import type { LimitState, RateFacts, Release } from '#providers/limiter'
import type { Limits } from '#providers/port/index'
import { createSlidingLog } from '#providers/sliding-log'

/** Calls that may wait for one budget in all, and of one account, so that nobody fills the queue alone. */
const LONGEST_QUEUE = 1_000
const LONGEST_QUEUE_PER_ACCOUNT = 250
const NO_WINDOW = { requests: Number.POSITIVE_INFINITY, ms: 0 }

type Go = (release: Release) => void

/** The calls of one budget: those under way, and those that wait in one line per account. */
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
  /** Accounts take turns: the first one is served and goes to the end. */
  const lines = new Map<string, Go[]>()
  let limit = window.requests
  let pausedUntil = 0
  let waiting = 0
  let stopTimer: (() => void) | null = null

  function waitFor(ahead: number): number {
    const now = clock.now()
    return Math.max(0, pausedUntil - now, log.waitMs(ahead, limit, now))
  }

  function takeNext(): Go | undefined {
    for (const [accountId, line] of lines) {
      lines.delete(accountId)
      const next = line.shift()
      if (line.length > 0) lines.set(accountId, line)
      if (next) return next
    }
    return undefined
  }

  function letThrough(go: Go): void {
    waiting -= 1
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
    while (waiting > 0 && log.underWay < limits.concurrent && waitFor(1) === 0) {
      const next = takeNext()
      if (!next) break
      letThrough(next)
    }
    const wait = waiting > 0 ? waitFor(1) : 0
    // No timer when only the places are taken: whoever gives one back serves the line.
    if (wait > 0) stopTimer = clock.after(wait, serve)
  }

  function leave(accountId: string, go: Go): void {
    const line = lines.get(accountId)
    const place = line?.indexOf(go) ?? -1
    if (!line || place === -1) return
    line.splice(place, 1)
    waiting -= 1
    if (line.length === 0) lines.delete(accountId)
    if (waiting === 0) serve()
  }

  return {
    waitMs: accountId => {
      const mine = lines.get(accountId)?.length ?? 0
      const ahead = [...lines.values()].reduce((sum, line) => sum + Math.min(line.length, mine), 0)
      return waitFor(ahead + 1)
    },
    isFull: accountId =>
      waiting >= LONGEST_QUEUE || (lines.get(accountId)?.length ?? 0) >= LONGEST_QUEUE_PER_ACCOUNT,
    join: (accountId, go) => {
      const line = lines.get(accountId)
      if (line) line.push(go)
      else lines.set(accountId, [go])
      waiting += 1
      serve()
      return () => leave(accountId, go)
    },
    observe: facts => {
      const now = clock.now()
      if (facts.pauseMs !== undefined) pausedUntil = Math.max(pausedUntil, now + facts.pauseMs)
      if (limits.window) {
        limit = Math.min(window.requests, facts.limit ?? limit)
        const byOthers = facts.remaining === undefined ? 0 : log.trust(facts.remaining, limit, now)
        // Others use these credentials too, so our own log does not tell when the provider's window ends.
        if (facts.remaining === 0 && byOthers > 0) pausedUntil = Math.max(pausedUntil, now + window.ms)
      }
      serve()
    },
    state: () => ({
      window: limits.window && { requests: limit, ms: window.ms },
      used: limits.window ? log.used(clock.now()) : log.underWay,
      underWay: log.underWay,
      waiting,
      pausedMs: Math.max(0, pausedUntil - clock.now()),
    }),
    atRest: () => waiting === 0 && log.used(clock.now()) === 0 && pausedUntil <= clock.now(),
  }
}
