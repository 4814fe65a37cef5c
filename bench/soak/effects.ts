import type { RunningSimulator } from '#simulators/core/simulator'

/** What tells one request of the soak from another, wherever it turns up at a provider. */
const MARK = /soak-\d+@|order_[0-9a-z]{26}/
/** Changes that are the same again when they are made twice are left out. */
const COUNTED = /\.create$/

/** Counts, per mark, how often a provider has done what it was asked for. */
export interface Effects {
  /** Takes in what happened since it was last called: often enough, for the providers keep the newest thousand only. */
  collect(): void
  /** How often something was done at all, and what was done more than once. */
  tally(): { readonly total: number; readonly repeated: readonly string[] }
}

export function createEffects(simulators: readonly RunningSimulator[]): Effects {
  const counts = new Map<string, number>()
  const operations = simulators.flatMap(simulator =>
    simulator.operations
      .filter(operation => COUNTED.test(operation) && operation !== 'tokens.create')
      .map(operation => ({ simulator, operation, taken: 0 })),
  )
  let total = 0
  return {
    collect() {
      for (const known of operations) {
        const { simulator, operation, taken } = known
        known.taken = simulator.count(operation)
        const fresh = known.taken - taken
        total += fresh
        for (const { body } of fresh === 0 ? [] : simulator.effects(operation).slice(-fresh)) {
          const mark = MARK.exec(JSON.stringify(body) ?? '')?.[0]
          if (mark === undefined) continue
          const key = `${operation} ${mark}`
          counts.set(key, (counts.get(key) ?? 0) + 1)
        }
      }
    },
    tally: () => ({
      total,
      repeated: [...counts].filter(([, count]) => count > 1).map(([key, count]) => `${key} × ${count}`),
    }),
  }
}
