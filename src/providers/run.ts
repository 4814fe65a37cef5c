import type { Logger } from 'pino'
import type { ProviderId } from '#contract/common'
import type { CircuitState } from '#contract/providers'
import type { CallContext, CallRecord, Connection } from '#providers/call-context'
import type { Circuits } from '#providers/circuit'
import type { Clock } from '#providers/clock'
import type { Limiter, LimitState } from '#providers/limiter'
import type { Input, OperationName, Output } from '#providers/port/index'
import type { SealedProvider } from '#providers/port/seal'
import type { Tokens } from '#providers/tokens'

export interface RunResult<T> {
  readonly value: T
  /** The provider's latest JSON answer of this run, bank details and secrets removed; null when none or over 256 KB. */
  readonly payload: { readonly fetchedAt: Date; readonly data: unknown } | null
  /** Milliseconds from start to end, waiting and repeating included. */
  readonly durationMs: number
  /** Milliseconds during which a call to the provider was under way. */
  readonly upstreamMs: number
}

export interface PreviewedRequest {
  readonly method: string
  /** Filled in; ids that are not known yet stay `{order_id}`. */
  readonly path: string
  /** Bank details masked, secrets removed; null without a body. */
  readonly body: unknown
}

export interface ConnectionState {
  readonly circuit: CircuitState
  readonly limit: LimitState | null
  readonly lastSuccessAt: Date | null
}

/** The one way from a use case to a provider. */
export interface ProviderRuntime {
  /** Runs one operation, repeating it where that is safe. Throws ProviderError and nothing else. */
  run<K extends OperationName>(
    context: CallContext,
    operation: K,
    input: Input<K>,
  ): Promise<RunResult<Output<K>>>
  /** What `run` would send first. Sends nothing and fetches no token. Throws ProviderError as `run` would. */
  preview<K extends OperationName>(
    context: Omit<CallContext, 'deadline'>,
    operation: K,
    input: Input<K>,
  ): Promise<readonly PreviewedRequest[]>
  /** Makes the provider's one harmless authenticated call. Throws ProviderError when it does not succeed. */
  verify(context: CallContext): Promise<{ readonly durationMs: number }>
  state(connection: Connection): ConnectionState
  /** Breaks off what is under way and closes all sockets. */
  close(): Promise<void>
}

/** Called beside the work, for metrics; must not throw. */
export interface RuntimeHooks {
  readonly onCall?: (call: CallRecord) => void
  readonly onRetry?: (retry: { provider: ProviderId; operation: string; code: string }) => void
}

export interface ProviderRuntimeDeps {
  readonly providers: Readonly<Partial<Record<ProviderId, SealedProvider>>>
  readonly limiter: Limiter
  readonly circuits: Circuits
  readonly tokens: Tokens
  readonly callLog: { record(call: CallRecord): void }
  readonly logger: Logger
  /** `providerMs`: the longest that one call to a provider may take. */
  readonly timeouts: { readonly providerMs: number }
  /** Ours, for the User-Agent header. */
  readonly version: string
  readonly clock?: Clock
  /** 0 up to but not including 1, as Math.random. */
  readonly random?: () => number
  readonly hooks?: RuntimeHooks
}

export declare function createProviderRuntime(deps: ProviderRuntimeDeps): ProviderRuntime
