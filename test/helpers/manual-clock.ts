import type { Clock } from '#providers/clock'

export interface ManualClock extends Clock {
  /** Moves time on, calling every timer on its way at its own moment. */
  readonly advance: (ms: number) => Promise<void>
  /** Timers that are still to come. */
  readonly timers: () => number
}

/** A clock that stands still until it is moved. */
export function createManualClock(start = new Date('2026-08-01T09:30:00.000Z')): ManualClock {
  const timers = new Set<{ at: number; wake: () => void }>()
  let now = 0

  function takeNext(until: number) {
    const due = [...timers].filter(timer => timer.at <= until).sort((a, b) => a.at - b.at)[0]
    if (due) timers.delete(due)
    return due
  }

  return {
    now: () => now,
    date: () => new Date(start.getTime() + now),
    after: (ms, wake) => {
      const timer = { at: now + ms, wake }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advance: async ms => {
      const end = now + ms
      for (let timer = takeNext(end); timer; timer = takeNext(end)) {
        now = Math.max(now, timer.at)
        timer.wake()
        // What waits for the timer goes on before time does.
        await new Promise(resolve => setImmediate(resolve))
      }
      now = end
      await new Promise(resolve => setImmediate(resolve))
    },
    timers: () => timers.size,
  }
}
