import type { Round, Target } from '#bench/load'
import { median } from '#bench/statistics'

/** How long a bench takes: rounds in which everybody has a turn, and milliseconds of each turn. */
export interface Pace {
  readonly rounds: number
  readonly turnMs: number
}

/** The rounds of each target, in the order in which the targets were given. */
export type Rounds = readonly (readonly Round[])[]

/**
 * Gives every target a turn in every round, each round beginning with another one, so that a slow minute hits all. A
 * round before the first is warm-up, and forgotten.
 */
export async function inRounds(
  targets: readonly Target[],
  rounds: number,
  turn: (target: Target) => Promise<Round>,
): Promise<Rounds> {
  const results: Round[][] = targets.map(() => [])
  for (let round = 0; round <= rounds; round += 1) {
    for (let place = 0; place < targets.length; place += 1) {
      const index = (round + place) % targets.length
      const target = targets[index]
      const shown = target && (await turn(target))
      if (shown && round > 0) results[index]?.push(shown)
    }
  }
  return results
}

/** The median of a figure over the rounds of one target. */
export function over(rounds: readonly Round[] | undefined, figure: (round: Round) => number): number {
  return median((rounds ?? []).map(figure))
}

/** The median over the rounds of how two targets compare in the same round. */
export function compared(
  one: readonly Round[] = [],
  other: readonly Round[] = [],
  compare: (one: Round, other: Round) => number,
): number {
  return median(
    one.flatMap((round, index) => {
      const beside = other[index]
      return beside ? [compare(round, beside)] : []
    }),
  )
}
