import type { Mode } from '#contract/vocabulary'
import type { IdempotentRequest } from '#http/idempotency/request-key'

/** Whoever sent the request: an account in one mode, through one key. */
export interface Caller {
  readonly accountId: string
  readonly mode: Mode
  readonly keyId: string
  readonly scopes: readonly string[]
}

/** What a use case knows of the request that it serves. */
export interface Call {
  readonly caller: Caller
  readonly requestId: string
  readonly traceparent: string | undefined
  /** Set when the caller sent an `Idempotency-Key`. */
  readonly idempotency: IdempotentRequest | null
  /** Adds to the milliseconds spent waiting for providers, shown in `Server-Timing`. */
  readonly spentUpstream: (ms: number) => void
}
