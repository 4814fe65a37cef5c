import type { FieldError, ProviderId } from '#contract/vocabulary'
import type { ProblemCode } from '#contract/problems'

/**
 * What is known of a call that did not succeed. `not_sent`: the provider cannot have seen it. `refused`: the provider
 * decided against it. `unknown`: it may have been carried out.
 */
export type Outcome = 'not_sent' | 'refused' | 'unknown'

export type ProviderProblemCode = Extract<
  ProblemCode,
  | 'address_ambiguous'
  | 'capability_not_supported'
  | 'operation_not_configured'
  | 'provider_auth_failed'
  | 'provider_error'
  | 'provider_rejected'
  | 'provider_timeout'
  | 'provider_unavailable'
  | 'rate_limited'
  | 'validation_failed'
>

export interface ProviderErrorFacts {
  readonly provider: ProviderId
  readonly operation: string
  readonly code: ProviderProblemCode
  readonly outcome: Outcome
  /** Says what happened in words that hold no personal data and no secret. */
  readonly message: string
  /** HTTP status of the provider's answer. */
  readonly status?: number
  /** The provider's own words, redacted. */
  readonly providerMessage?: string
  readonly providerRequestId?: string
  /** How long the provider asks to wait, in milliseconds. */
  readonly retryAfterMs?: number
  /** Fields in the names of OUR request. */
  readonly fields?: readonly FieldError[]
  readonly candidates?: readonly { address_id: string; label: string }[]
  /** Sending the same again at once would end the same: the circuit is open, or the answer is of another shape. */
  readonly final?: boolean
  readonly cause?: unknown
}

const LIES_WITH_REQUEST: readonly ProviderProblemCode[] = [
  'address_ambiguous',
  'capability_not_supported',
  'operation_not_configured',
  'provider_auth_failed',
  'provider_rejected',
  'validation_failed',
]

/** The only error that leaves an adapter. */
export class ProviderError extends Error {
  readonly facts: ProviderErrorFacts

  constructor(facts: ProviderErrorFacts) {
    super(facts.message, { cause: facts.cause })
    this.name = 'ProviderError'
    this.facts = facts
  }

  /** Whether the same request may succeed later without being changed. */
  get retryable(): boolean {
    return !LIES_WITH_REQUEST.includes(this.facts.code)
  }
}
