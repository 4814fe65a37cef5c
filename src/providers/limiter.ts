import type { ProviderId } from '#contract/common'
import type { Deadline } from '#providers/call-context'
import type { Limits } from '#providers/port/index'

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
