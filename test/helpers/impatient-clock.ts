import type { Clock } from '#providers/clock'

/** Longer ones are deadlines. */
const LONGEST_WAIT_MS = 1_000

/**
 * A clock on which short waits are over at once and deadlines never come, so that no test sleeps and none depends on
 * how fast it runs.
 */
export function createImpatientClock(start = new Date('2026-08-01T09:30:00.000Z')): Clock {
  let now = 0
  return {
    now: () => now,
    date: () => new Date(start.getTime() + now),
    after: (ms, wake) => {
      if (ms > LONGEST_WAIT_MS) return () => undefined
      const end = now + ms
      const immediate = setImmediate(() => {
        now = Math.max(now, end)
        wake()
      })
      return () => clearImmediate(immediate)
    },
  }
}
