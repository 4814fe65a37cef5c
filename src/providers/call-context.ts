import type { Mode, ProviderId } from '#contract/vocabulary'
import type { OperationName } from '#providers/port/index'
import type { IdPrefix } from '#values/ids'

/** One account's access to one provider, credentials open. */
export interface Connection {
  readonly id: string
  readonly provider: ProviderId
  readonly mode: Mode
  readonly baseUrl: string
  /** In the provider's own shape; parsed by its adapter. Never logged. */
  readonly credentials: unknown
  /** Keyed hash of provider, base URL and credentials: rate budget, circuit and token are kept under it. */
  readonly fingerprint: string
  readonly source: 'environment' | 'simulator' | 'account'
}

/** The moment after which nobody waits for an answer any more. */
export interface Deadline {
  /** Milliseconds that are left; never negative. Measured on a monotonic clock. */
  left(): number
  readonly signal: AbortSignal
}

/** On whose behalf, for what and how long a provider is called. */
export interface CallContext {
  readonly connection: Connection
  /** UUID of the account that asks; shared budgets are fair between accounts. */
  readonly accountId: string
  readonly requestId: string
  readonly traceparent?: string
  /** The resource of ours that the call is made for, so that the call log can be read per resource. */
  readonly resource?: { readonly prefix: IdPrefix; readonly uuid: string }
  readonly deadline: Deadline
}

/** One finished exchange with a provider, as the call log keeps it. Bodies are redacted and cut before they get here. */
export interface CallRecord {
  readonly id: string
  /** Without the credentials, so that no record can leak them. */
  readonly context: Pick<CallContext, 'accountId' | 'requestId' | 'resource' | 'traceparent'> & {
    readonly connection: Omit<Connection, 'credentials'>
  }
  readonly operation: OperationName | 'connections.verify'
  readonly method: string
  /** Path template, never the filled-in path. */
  readonly path: string
  readonly attempt: number
  readonly outcome: 'ok' | 'not_sent' | 'refused' | 'unknown'
  readonly status: number | null
  readonly errorCode: string | null
  readonly durationMs: number
  readonly requestBody: unknown
  readonly responseBody: unknown
  readonly createdAt: Date
}
