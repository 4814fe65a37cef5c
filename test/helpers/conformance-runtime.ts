import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import type { ProviderId } from '#contract/vocabulary'
import type { ProviderLedgers } from '#connections/provider-ledgers'
import type { CallContext, CallRecord, Connection } from '#providers/call-context'
import { createCircuits } from '#providers/circuit'
import type { Clock } from '#providers/clock'
import { createDeadline } from '#providers/deadline'
import { createLimiter } from '#providers/limiter'
import type { ProviderRuntime, RuntimeHooks } from '#providers/run'
import { createProviderRuntime } from '#providers/run'
import { sealedProviders } from '#providers/registry'
import { createTokens } from '#providers/tokens'
import { accessTo } from '#test/conformance-access'
import { createImpatientClock } from '#test/impatient-clock'

export const PROVIDER_MS = 5_000

export interface OpenedProvider {
  readonly runtime: ProviderRuntime
  readonly context: CallContext
  readonly calls: readonly CallRecord[]
  /** Everything that was logged. */
  readonly logs: () => string
}

export interface OpenOptions {
  readonly clock?: Clock
  readonly credentials?: unknown
  readonly deadlineMs?: number
  readonly hooks?: RuntimeHooks
  /** What it shares with other runtimes. */
  readonly ledgers?: ProviderLedgers
}

const isStream = (value: unknown): value is AsyncIterable<Uint8Array> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

/** A file of a provider, as an operation hands it over. */
export const AFile = z.looseObject({
  headers: z.record(z.string(), z.string()),
  body: z.custom<AsyncIterable<Uint8Array>>(isStream),
})

/** Reads a file to its end, so that its call is over. */
export async function readFile(value: unknown): Promise<void> {
  const { success, data } = AFile.safeParse(value)
  if (success) for await (const _ of data.body);
}

/** The real runtime with the real adapters, connected to a provider that answers at `baseUrl`. */
export function openProvider(
  provider: ProviderId,
  baseUrl: string,
  options: OpenOptions = {},
): OpenedProvider {
  const {
    clock = createImpatientClock(),
    credentials = accessTo[provider].credentials,
    deadlineMs = 30_000,
    hooks = {},
  } = options
  const { windows, tokens } = options.ledgers ?? {}
  const calls: CallRecord[] = []
  const lines: string[] = []
  const connection: Connection = {
    id: 'connection_01kb2z6x9ve8vs2m0g5a7d3c1r',
    provider,
    mode: 'test',
    baseUrl,
    credentials,
    fingerprint: provider,
    source: 'environment',
  }
  const runtime = createProviderRuntime({
    providers: sealedProviders,
    limiter: createLimiter({ clock, ...(windows && { windows }) }),
    circuits: createCircuits({ clock, random: () => 0 }),
    tokens: createTokens({ clock, ...(tokens && { ledger: tokens }) }),
    callLog: { record: call => calls.push(call) },
    logger: pino({ level: 'debug' }, { write: line => void lines.push(line) }),
    timeouts: { providerMs: PROVIDER_MS },
    version: '1.2.3',
    clock,
    random: () => 0,
    hooks,
  })
  const deadline = createDeadline(deadlineMs, undefined, clock)
  onTestFinished(async () => {
    deadline.dispose()
    await runtime.close()
  })
  const context = { connection, accountId: 'a1', requestId: 'req_test', deadline }
  return { runtime, context, calls, logs: () => lines.join('') }
}
