import type { Logger } from 'pino'
import type { ProviderId } from '#contract/vocabulary'
import type { CircuitState } from '#contract/providers'
import { runAttempts } from '#providers/attempts'
import type { CallContext, CallRecord, Connection } from '#providers/call-context'
import type { CallScope } from '#providers/call-scope'
import { createRunTrace } from '#providers/call-scope'
import type { Circuits } from '#providers/circuit'
import type { Clock } from '#providers/clock'
import { systemClock } from '#providers/clock'
import type { SeenAnswer } from '#providers/drift/sampling'
import { createFinishedCalls } from '#providers/finished-calls'
import type { Limiter, LimitState } from '#providers/limiter'
import { unused } from '#providers/limiter'
import type { Input, OperationName, Output } from '#providers/port/index'
import type { SealedProvider } from '#providers/port/seal'
import { effectOf } from '#providers/port/seal'
import { notSupported, openProvider } from '#providers/open-provider'
import type { Payload } from '#providers/payload'
import { payloadOf } from '#providers/payload'
import type { PreviewedRequest } from '#providers/preview'
import { createRecordingUpstream } from '#providers/preview'
import { createRetryBudget } from '#providers/retry'
import type { Tokens } from '#providers/tokens'
import { createUpstreams } from '#providers/upstream'
import { createPools, type Guard } from '#providers/wire/pools'

export interface RunResult<T> {
  readonly value: T
  /** The provider's latest JSON answer of this run; null when there was none or it is over 256 KB. */
  readonly payload: Payload | null
  /** Milliseconds from start to end, waiting and repeating included. */
  readonly durationMs: number
  /** Milliseconds during which at least one call to the provider was under way. */
  readonly upstreamMs: number
}

export interface ConnectionState {
  readonly circuit: CircuitState
  readonly limit: LimitState
  /** When a call with these credentials last succeeded in this process. */
  readonly lastSuccessAt: Date | null
}

export interface Pressure {
  readonly provider: ProviderId
  /** Sets of credentials with which it is not called. */
  readonly openCircuits: number
  /** Calls left in its window; null where none is known. */
  readonly budgetRemaining: number | null
}

/** The one way from a use case to a provider. */
export interface ProviderRuntime {
  /** Runs one operation, repeating it where that is safe. Throws ProviderError and nothing else. */
  run<K extends OperationName>(
    context: CallContext,
    operation: K,
    input: Input<K>,
  ): Promise<RunResult<Output<K>>>
  /**
   * What `run` would send first: the requests up to the first answer that would be needed. Sends nothing and fetches no
   * token. Throws ProviderError as `run` would when there is nothing to send.
   */
  preview<K extends OperationName>(
    context: Omit<CallContext, 'deadline'>,
    operation: K,
    input: Input<K>,
  ): Promise<readonly PreviewedRequest[]>
  /** Makes the provider's one harmless authenticated call. Throws ProviderError when it does not succeed. */
  verify(context: CallContext): Promise<{ readonly durationMs: number }>
  /** As this process knows it. */
  state(connection: Connection): ConnectionState
  /** The same, once it has asked what other processes know. */
  look(connection: Connection): Promise<ConnectionState>
  /** For metrics: how far providers hold us off at the moment. */
  pressure(): readonly Pressure[]
  /** Breaks off what is under way and closes all sockets. */
  close(): Promise<void>
}

/** Called beside the work, for metrics and the like; must not throw. */
export interface RuntimeHooks {
  readonly onCall?: (call: CallRecord) => void
  readonly onRetry?: (retry: { provider: ProviderId; operation: string; code: string }) => void
  readonly onAnswer?: (answer: SeenAnswer) => void
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
  /** For addresses that customers gave; none in a private network when left out. */
  readonly guard?: Guard
}

export function createProviderRuntime(deps: ProviderRuntimeDeps): ProviderRuntime {
  const { providers, limiter, circuits, tokens, callLog, logger, version, hooks = {} } = deps
  const { clock = systemClock, random = Math.random } = deps
  const { providerMs } = deps.timeouts
  const pools = createPools({ clock, providerMs, guard: deps.guard })
  const finished = createFinishedCalls({ callLog, logger, clock, onCall: hooks.onCall })
  const wire = { pools, limiter, circuits, tokens, clock, providerMs, version, onCall: finished.add }
  const upstreamFor = createUpstreams({ ...wire, onAnswer: hooks.onAnswer })
  const attempts = {
    clock,
    random,
    logger,
    retryBudget: createRetryBudget({ clock }),
    onRetry: hooks.onRetry,
  }

  function find(connection: Connection, operation: string): SealedProvider {
    const provider = providers[connection.provider]
    if (!provider) throw notSupported(connection.provider, operation)
    return provider
  }

  async function carryOut<T>(
    context: CallContext,
    what: Pick<CallScope, 'operation' | 'effect'>,
    act: (client: ReturnType<SealedProvider['open']>) => Promise<T>,
  ): Promise<RunResult<T>> {
    const began = clock.now()
    const { connection } = context
    const provider = find(connection, what.operation)
    const trace = createRunTrace(connection, clock)
    const value = await runAttempts(attempts, { ...what, context, provider, trace }, async scope =>
      act(openProvider(provider, connection, what.operation, upstreamFor(scope))),
    )
    return { value, payload: payloadOf(trace), durationMs: clock.now() - began, upstreamMs: trace.wire.ms() }
  }

  const state = ({ provider, mode, fingerprint }: Connection): ConnectionState => ({
    circuit: circuits.state(fingerprint),
    limit: limiter.state(fingerprint) ?? unused(providers[provider]?.limits[mode].window ?? null),
    lastSuccessAt: finished.lastSuccessAt(fingerprint),
  })

  return {
    run: (context, operation, input) =>
      carryOut(context, { operation, effect: effectOf(operation) }, client => client.run(operation, input)),
    verify: async context => {
      const operation = 'connections.verify'
      const provider = find(context.connection, operation)
      if (!provider.canVerify) throw notSupported(provider.id, operation)
      return carryOut(context, { operation, effect: 'repeatable' }, client => client.verify())
    },
    preview: async (context, operation, input) => {
      const { connection } = context
      const provider = find(connection, operation)
      const { upstream, requests } = createRecordingUpstream(context, clock)
      try {
        await openProvider(provider, connection, operation, upstream).run(operation, input)
      } catch (err) {
        if (requests.length === 0) throw err
      }
      return requests
    },
    state,
    look: async connection => {
      await circuits.look(connection)
      return state(connection)
    },
    pressure: () =>
      Object.values(providers).map(({ id }) => ({
        provider: id,
        openCircuits: circuits.countOpen(id),
        budgetRemaining: limiter.remaining(id),
      })),
    close: () => pools.destroy(),
  }
}
