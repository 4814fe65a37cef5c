import type { Clock } from '#providers/clock'
import { createKeyedState } from '#providers/keyed-state'
import type { Effect } from '#providers/port/index'
import type { ProviderError } from '#providers/provider-error'

const MOST_ATTEMPTS = 3
const BASE_MS = 200
const LONGEST_BACKOFF_MS = 2_000

/** Repeats that one set of credentials may make, saved up by calls that went well. */
export interface RetryBudget {
  /** Takes one repeat out; false when there is none left. */
  take(key: string): boolean
  refund(key: string): void
}

const IDLE_MS = 600_000
/** Ten good runs earn one repeat, and ten repeats may be saved: a lasting outage is not met with thrice the calls. */
const COST = 10
const CAPACITY = 10 * COST

export function createRetryBudget({ clock }: { readonly clock: Clock }): RetryBudget {
  const budgets = createKeyedState<{ left: number }>({ clock, idleMs: IDLE_MS })
  const budget = (key: string) => budgets.get(key, () => ({ left: CAPACITY }))
  return {
    take: key => {
      const state = budget(key)
      if (state.left < COST) return false
      state.left -= COST
      return true
    },
    refund: key => {
      const state = budget(key)
      state.left = Math.min(CAPACITY, state.left + 1)
    },
  }
}

/**
 * Milliseconds to wait before the next attempt (full jitter, never less than the provider asked for), or null when
 * there must be none: the call may have been carried out, the same would end the same, or there is no time.
 */
export function nextAttemptInMs(
  err: ProviderError,
  run: {
    readonly effect: Effect
    readonly attempt: number
    readonly leftMs: number
    readonly random: () => number
  },
): number | null {
  const { outcome, retryAfterMs = 0, final } = err.facts
  if (final || !err.retryable || outcome === 'refused') return null
  if (outcome === 'unknown' && run.effect === 'unsafe') return null
  if (run.attempt >= MOST_ATTEMPTS) return null
  const backoff = Math.min(LONGEST_BACKOFF_MS, BASE_MS * 2 ** (run.attempt - 1))
  const wait = Math.max(retryAfterMs, run.random() * backoff)
  return wait < run.leftMs ? wait : null
}
