/** Opens after so many failures in a row … */
const FAILURES_IN_A_ROW = 5
/** … or when half of the last so many calls failed. */
const WINDOW_CALLS = 20

/** The latest verdicts of a closed circuit, oldest first; true is good. */
export type Recent = readonly boolean[]

export function withVerdict(recent: Recent, good: boolean): Recent {
  return [...recent, good].slice(-WINDOW_CALLS)
}

export function hasFailed(recent: Recent): boolean {
  const inARow = recent.length - 1 - recent.lastIndexOf(true)
  const failed = recent.filter(good => !good).length
  return inARow >= FAILURES_IN_A_ROW || (recent.length === WINDOW_CALLS && failed * 2 >= WINDOW_CALLS)
}

/** The first failure after a success: the moment to see whether others have met more of them. */
export function isFirstFailure(recent: Recent): boolean {
  return recent.at(-1) === false && recent.at(-2) !== false
}
