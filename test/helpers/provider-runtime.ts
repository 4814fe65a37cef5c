import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import type { ProviderLedgers } from '#connections/provider-ledgers'
import type { CallContext, CallRecord, Connection } from '#providers/call-context'
import type { CircuitChange } from '#providers/circuit'
import { createCircuits } from '#providers/circuit'
import type { Clock } from '#providers/clock'
import { systemClock } from '#providers/clock'
import { createDeadline } from '#providers/deadline'
import { createLimiter } from '#providers/limiter'
import type { Input, Limits } from '#providers/port/index'
import { seal } from '#providers/port/seal'
import type { ReadRefusal, Upstream } from '#providers/port/upstream'
import type { ProviderErrorFacts } from '#providers/provider-error'
import { ProviderError } from '#providers/provider-error'
import type { ProviderRuntime, RunResult } from '#providers/run'
import { createProviderRuntime } from '#providers/run'
import { createTokens } from '#providers/tokens'
import type { Guard } from '#providers/wire/pools'

/** The secret of the connections that `startRuntime` makes. */
export const TOKEN = 'hbx-3f9ac41e77'

/** What a test's provider does: one repeatable operation and one unsafe one. */
export interface Script {
  readonly search?: (upstream: Upstream) => Promise<unknown>
  readonly remove?: (upstream: Upstream, at: Input<'tenants.delete'>) => Promise<unknown>
  readonly verify?: (upstream: Upstream) => Promise<void>
  readonly readRefusal?: ReadRefusal
  readonly limits?: Limits
}

const authorized = { authorization: `Bearer ${TOKEN}` }

/** GET, as a search at a provider is. */
export function search(upstream: Upstream): Promise<unknown> {
  return upstream.json(
    { method: 'GET', path: '/addresses/{query}', params: { query: 'NE1 2QB' }, headers: authorized },
    z.object({ found: z.number() }),
  )
}

/** POST, as a change at a provider is. */
export function remove(upstream: Upstream, at: Input<'tenants.delete'>): Promise<unknown> {
  const body = { kind: 'json', value: { reason: 'moved out' } } as const
  const path = '/orders/{order_id}/tenants/{tenant_id}/remove'
  return upstream.json(
    { method: 'POST', path, params: at, headers: authorized, body },
    z.object({ done: z.literal(true) }),
  )
}

const defaultLimits: Limits = { window: null, concurrent: 20 }

export function fakeProvider(script: Script) {
  const limits = script.limits ?? defaultLimits
  return seal({
    id: 'homebox',
    name: 'Homebox',
    products: [],
    baseUrl: {},
    credentials: z.object({ token: z.string() }),
    limits: { test: limits, live: limits },
    reconcile: {},
    sideEffects: {},
    discloses: {},
    connect: (_credentials, upstream) => upstream,
    readRefusal: script.readRefusal ?? (() => ({})),
    verify: script.verify ?? null,
    operations: {
      'addresses.search': async upstream => {
        await (script.search ?? search)(upstream)
        return []
      },
      'tenants.delete': async (upstream, at) => {
        await (script.remove ?? remove)(upstream, at)
      },
    },
  })
}

type Overrides = { readonly accountId?: string; readonly deadlineMs?: number; readonly signal?: AbortSignal }

export interface StartedRuntime {
  readonly runtime: ProviderRuntime
  readonly connection: Connection
  readonly calls: readonly CallRecord[]
  readonly changes: readonly CircuitChange[]
  /** Everything that was logged. */
  readonly logs: () => string
  readonly context: (overrides?: Overrides) => CallContext
  /** Runs the repeatable operation. */
  readonly search: (overrides?: Overrides) => Promise<RunResult<unknown>>
  /** Runs the unsafe operation. */
  readonly remove: (overrides?: Overrides) => Promise<RunResult<unknown>>
}

/** A runtime with everything real but the provider behind `url`; waits between attempts are as short as they may be. */
export function startRuntime(
  url: string,
  options: {
    readonly script?: Script
    readonly providerMs?: number
    readonly clock?: Clock
    /** What it shares with other runtimes. */
    readonly ledgers?: ProviderLedgers
    readonly fingerprint?: string
    /** Makes it a connection that a customer has entered. */
    readonly guard?: Guard
  } = {},
): StartedRuntime {
  const { script = {}, providerMs = 5_000, clock = systemClock, fingerprint = 'f1', guard } = options
  const { windows, circuits, tokens } = options.ledgers ?? {}
  const calls: CallRecord[] = []
  const changes: CircuitChange[] = []
  const lines: string[] = []
  const connection: Connection = {
    id: 'connection_01kb2z6x9ve8vs2m0g5a7d3c1r',
    provider: 'homebox',
    mode: 'test',
    baseUrl: url,
    credentials: { token: TOKEN },
    fingerprint,
    source: guard ? 'account' : 'environment',
  }
  const runtime = createProviderRuntime({
    providers: { homebox: fakeProvider(script) },
    limiter: createLimiter({ clock, ...(windows && { windows }) }),
    circuits: createCircuits({
      clock,
      random: () => 0,
      onChange: change => changes.push(change),
      ...(circuits && { ledger: circuits }),
    }),
    tokens: createTokens({ clock, ...(tokens && { ledger: tokens }) }),
    callLog: { record: call => calls.push(call) },
    logger: pino({ level: 'debug' }, { write: line => void lines.push(line) }),
    timeouts: { providerMs },
    version: '1.2.3',
    clock,
    random: () => 0,
    ...(guard && { guard }),
  })
  onTestFinished(() => runtime.close())

  function context({ accountId = 'a1', deadlineMs = 10_000, signal }: Overrides = {}): CallContext {
    const deadline = createDeadline(deadlineMs, signal, clock)
    onTestFinished(() => deadline.dispose())
    return { connection, accountId, requestId: 'req_test', deadline }
  }
  return {
    runtime,
    connection,
    calls,
    changes,
    logs: () => lines.join(''),
    context,
    search: overrides => runtime.run(context(overrides), 'addresses.search', { query: 'NE1 2QB' }),
    remove: overrides =>
      runtime.run(context(overrides), 'tenants.delete', { order_id: '7', tenant_id: '31' }),
  }
}

/** The facts of the ProviderError that `work` must end with. */
export async function failureOf(work: Promise<unknown>): Promise<ProviderErrorFacts> {
  const err = await work.then(
    () => new Error('it succeeded'),
    (cause: unknown) => cause,
  )
  if (err instanceof ProviderError) return err.facts
  throw err
}
