import type { Limits } from '#providers/port/index'

/**
 * Counts calls against a window. A call counts from the moment it is let through until one window after it is over:
 * somewhere in between the provider has counted it, so no window of the provider's ever holds more than the limit. (A
 * token bucket would let two limits through around a refill.)
 */
export interface SlidingLog {
  begin(): void
  end(now: number): void
  /** Enters what others have used, the provider saying that only `remaining` calls are left. Returns how many. */
  trust(remaining: number, limit: number, now: number): number
  used(now: number): number
  /** Milliseconds from `now` until `ahead` further calls may begin, at the earliest. */
  waitMs(ahead: number, limit: number, now: number): number
  readonly underWay: number
}

/** Clocks tick in steps, here and there; so much more is waited at the edge of a window. */
const EDGE_MS = 20

export function createSlidingLog(window: NonNullable<Limits['window']>): SlidingLog {
  const span = window.ms + EDGE_MS
  /** When finished calls ended, oldest first. */
  let ends: number[] = []
  let underWay = 0

  function forget(now: number): void {
    const alive = ends.findIndex(end => end > now - span)
    if (alive !== 0) ends = alive === -1 ? [] : ends.slice(alive)
  }

  function used(now: number): number {
    forget(now)
    return ends.length + underWay
  }

  function waitMs(ahead: number, limit: number, now: number): number {
    const inWindow = used(now)
    const missing = inWindow + ahead - limit
    if (missing <= 0) return 0
    // Later than all that is known: those calls wait for others of the same queue.
    if (missing > inWindow) return span + waitMs(missing - inWindow, limit, now)
    return (ends[missing - 1] ?? now) + span - now
  }

  return {
    begin: () => {
      underWay += 1
    },
    end: now => {
      underWay -= 1
      ends.push(now)
    },
    trust: (remaining, limit, now) => {
      const byOthers = Math.max(0, limit - remaining - used(now))
      for (let count = 0; count < byOthers; count += 1) ends.push(now)
      return byOthers
    },
    used,
    waitMs,
    get underWay() {
      return underWay
    },
  }
}
