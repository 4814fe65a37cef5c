import type { Clock } from '#providers/clock'
import { createKeyedState } from '#providers/keyed-state'

/** The next state, or the same one when nothing changes, and what whoever asks is told. */
export interface Changed<S, R> {
  readonly next: S | null
  readonly result: R
}

/**
 * What several parties keep together for a set of credentials, changed by one at a time. A process has one of its own;
 * the processes of a service share one.
 */
export interface Ledger<S> {
  /**
   * `change` is given the state under this key, null when there is none, and the time in milliseconds on the one clock
   * that all parties go by. It may run more than once and must have no other effect. Rejects when the ledger cannot be
   * reached.
   */
  change<R>(key: string, change: (state: S | null, now: number) => Changed<S, R>): Promise<R>
}

const IDLE_MS = 7_200_000

/** A ledger for one process. */
export function createMemoryLedger<S>({ clock }: { readonly clock: Clock }): Ledger<S> {
  const states = createKeyedState<{ state: S | null }>({ clock, idleMs: IDLE_MS })
  return {
    change: async (key, change) => {
      const kept = states.get(key, () => ({ state: null }))
      const { next, result } = change(kept.state, clock.now())
      kept.state = next
      return result
    },
  }
}
