import type { ProviderId } from '#contract/vocabulary'
import type { BudgetQueue } from '#providers/budget-queue'
import { createBudgetQueue } from '#providers/budget-queue'
import type { Deadline } from '#providers/call-context'
import type { Clock } from '#providers/clock'
import { createKeyedState } from '#providers/keyed-state'
import type { Limits } from '#providers/port/index'
import { ProviderError } from '#providers/provider-error'

/** What one set of credentials may still do at a provider, and for which call it is asked. */
export interface Budget {
  /** Fingerprint of the connection: everybody who uses these credentials shares the budget. */
  readonly key: string
  readonly provider: ProviderId
  readonly operation: string
  readonly limits: Limits
}

/** Gives the place back. The call counts in the window from the moment that it was let through until then. */
export type Release = () => void

/** What an answer says about the provider's limit. Absent: it says nothing, or nothing sane. */
export interface RateFacts {
  readonly limit?: number
  readonly remaining?: number
  /** Milliseconds that the provider wants to be left alone. */
  readonly pauseMs?: number
}

export interface LimitState {
  /** Requests per window now, after what the provider's headers said; null where no limit is known. */
  readonly window: { readonly requests: number; readonly ms: number } | null
  readonly used: number
  readonly underWay: number
  readonly waiting: number
  readonly pausedMs: number
}

/** The state of a budget of which nothing was used. */
export function unused(window: LimitState['window']): LimitState {
  return { window, used: 0, underWay: 0, waiting: 0, pausedMs: 0 }
}

/** Keeps every provider's rate limit. A promise that knows the account, so that a shared store can stand behind it. */
export interface Limiter {
  /**
   * Resolves when the call may be sent. Throws ProviderError `rate_limited`, outcome `not_sent`, when that would be
   * after the deadline, with the shortest time to wait.
   */
  acquire(budget: Budget, accountId: string, deadline: Deadline): Promise<Release>
  observe(key: string, facts: RateFacts): void
  /** Null for credentials that were not used lately. */
  state(key: string): LimitState | null
}

const IDLE_MS = 600_000
/** What a caller is told when a full queue, not the window, is in the way. */
const QUEUE_RETRY_MS = 1_000

function full({ provider, operation }: Budget, waitMs: number): ProviderError {
  return new ProviderError({
    provider,
    operation,
    code: 'rate_limited',
    outcome: 'not_sent',
    message: `The calls that ${provider} allows are used up for now`,
    retryAfterMs: Math.ceil(waitMs) || QUEUE_RETRY_MS,
    final: true,
  })
}

/** A limiter in memory: right for one process, and for several as far as the provider's headers tell of the others. */
export function createLimiter({ clock }: { readonly clock: Clock }): Limiter {
  const queues = createKeyedState<BudgetQueue>({ clock, idleMs: IDLE_MS, atRest: queue => queue.atRest() })

  return {
    acquire: (budget, accountId, deadline) => {
      const queue = queues.get(budget.key, () => createBudgetQueue(budget.limits, clock))
      const wait = queue.waitMs(accountId)
      if (deadline.signal.aborted || wait > deadline.left() || queue.isFull(accountId)) {
        return Promise.reject(full(budget, wait))
      }
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          leave()
          reject(full(budget, queue.waitMs(accountId)))
        }
        deadline.signal.addEventListener('abort', giveUp, { once: true })
        const leave = queue.join(accountId, release => {
          deadline.signal.removeEventListener('abort', giveUp)
          resolve(release)
        })
      })
    },
    observe: (key, facts) => queues.peek(key)?.observe(facts),
    state: key => queues.peek(key)?.state() ?? null,
  }
}
