/** Time as the runtime sees it; tests put their own in. */
export interface Clock {
  /** Milliseconds on a clock that only moves forward, whatever happens to the system's time. */
  readonly now: () => number
  readonly date: () => Date
  /** Calls `wake` once after `ms` milliseconds. Returns the way to call it off. */
  readonly after: (ms: number, wake: () => void) => () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after: (ms, wake) => {
    const timer = setTimeout(wake, ms)
    return () => clearTimeout(timer)
  },
}
