import type { Logger } from 'pino'
import { type Authenticator, createAuthenticator } from '#accounts/authenticate'
import { ensureBootstrap } from '#accounts/bootstrap'
import type { Config } from '#config'
import { configuredProviders } from '#connections/configured-providers'
import { type Connections, createConnections, type GivenConnection } from '#connections/connections'
import { givenConnections } from '#connections/environment'
import { fingerprintOf } from '#connections/fingerprint'
import { createOwnConnections, renewFingerprints } from '#connections/own-connections'
import { createProviderLedgers, type ProviderLedgers } from '#connections/provider-ledgers'
import { ensureGivenConnection } from '#connections/store'
import type { ProviderId } from '#contract/vocabulary'
import { createDatabase, createTransactions, type Database, type Transactions } from '#db/client'
import { pendingMigrations } from '#db/migrate'
import { migrationsDirectory } from '#db/migrations-directory'
import { keptEncryptionKey } from '#db/secret-files'
import { createVault, type Vault } from '#db/vault'
import { createCursors, type Cursors } from '#http/list'
import { createIdempotency, type Idempotency } from '#http/idempotency/idempotency'
import { createReadiness, type Readiness } from '#http/readiness'
import { lookups } from '#jobs/lookups'
import { createJournal, type Journal } from '#journal/journal'
import { countUnknown } from '#journal/look-store'
import { createReconciler, type Reconciler } from '#journal/reconcile'
import { journaledResources } from '#journaled-resources'
import { createMetrics, type Metrics } from '#observability/metrics'
import { openTracing, type Tracing } from '#observability/tracing'
import { version } from '#observability/version'
import { type CallLog, createCallLog } from '#providers/call-log'
import { createCircuits } from '#providers/circuit'
import { systemClock } from '#providers/clock'
import { readBaselines } from '#providers/drift/baseline'
import { createDriftWatch, type DriftWatch } from '#providers/drift/watch'
import { createLimiter } from '#providers/limiter'
import { sealedProviders } from '#providers/registry'
import { createProviderRuntime, type ProviderRuntime, type RuntimeHooks } from '#providers/run'
import { createTokens } from '#providers/tokens'
import { systemResolve } from '#providers/wire/guarded-lookup'
import { insertCalls } from '#resources/provider-calls/store'
import { recordDrifts } from '#resources/providers/drift/record-drifts'

/** Everything that use cases need, made in one place. */
export interface Services {
  readonly config: Config
  readonly logger: Logger
  readonly now: () => Date
  readonly database: Database
  readonly vault: Vault
  readonly authenticator: Authenticator
  readonly connections: Connections
  readonly providers: ProviderRuntime
  readonly callLog: CallLog
  readonly drift: DriftWatch
  readonly journal: Journal
  readonly reconciler: Reconciler
  readonly cursors: Cursors
  readonly idempotency: Idempotency
  readonly metrics: Metrics
  /** Null when it is off. */
  readonly tracing: Tracing | null
  readonly readiness: Readiness
  /** The bootstrap key when it was made just now, to be shown once. */
  readonly madeKey: string | null
  close(): Promise<void>
}

/** What is there before the services are: a migrated database, and the simulators where they are on. */
export interface Surroundings {
  readonly databaseUrl: string
  readonly logger: Logger
  readonly simulators?: Readonly<
    Partial<Record<ProviderId, { url: string; credentials: Readonly<Record<string, string>> }>>
  >
  readonly now?: () => Date
}

/** Account, key and connections that the environment gives, as rows. Throws ConfigError for what does not fit. */
function ensureGiven(
  database: Database,
  config: Config,
  vault: Vault,
  given: readonly GivenConnection[],
  now: Date,
) {
  return database.transaction(async tx => {
    const { accountId, madeKey } = await ensureBootstrap(tx, {
      mode: config.mode,
      apiKey: config.apiKey,
      vault,
      now,
    })
    const connections = []
    for (const connection of given) {
      const fingerprint = fingerprintOf(vault, connection)
      const row = { accountId, mode: config.mode, given: connection, fingerprint, now }
      connections.push(await ensureGivenConnection(tx, row))
    }
    await renewFingerprints(tx, vault)
    return { accountId, madeKey, connections }
  })
}

function createProviders(
  config: Config,
  logger: Logger,
  callLog: CallLog,
  ledgers: ProviderLedgers,
  hooks: RuntimeHooks,
): ProviderRuntime {
  const clock = systemClock
  const longestCallMs = config.providerTimeoutMs + LEASE_MARGIN_MS
  return createProviderRuntime({
    providers: configuredProviders(config),
    limiter: createLimiter({ clock, windows: ledgers.windows, longestCallMs }),
    circuits: createCircuits({
      clock,
      random: Math.random,
      ledger: ledgers.circuits,
      // It waits for its turn before it is under way.
      longestCallMs: 2 * longestCallMs,
      onChange: ({ subject: { provider, id }, from, to }) =>
        logger.warn({ provider, connection: id, from, to }, 'provider circuit'),
    }),
    tokens: createTokens({ clock, ledger: ledgers.tokens, longestFetchMs: longestCallMs }),
    callLog,
    logger,
    timeouts: { providerMs: config.providerTimeoutMs },
    version,
    hooks,
    guard: { allowPrivate: config.webhookAllowPrivate, resolve: systemResolve },
  })
}

/** What is done with every call and answer beside the work. */
function besideCalls(metrics: Metrics, tracing: Tracing | null, drift: DriftWatch): RuntimeHooks {
  return {
    onAnswer: drift.see,
    onCall: call => {
      const { context, operation, outcome, durationMs } = call
      const { provider } = context.connection
      tracing?.recordCall(call)
      metrics.providerRequests.inc({ provider, operation, outcome })
      metrics.providerDuration.observe({ provider, operation }, durationMs / 1_000)
    },
  }
}

function watchDrift({ database, logger, now }: Parts, metrics: Metrics): DriftWatch {
  return createDriftWatch({
    baselines: readBaselines(),
    write: batch => recordDrifts({ database, logger }, batch),
    onDrift: ({ provider, operation, kind }) => metrics.contractDrift.inc({ provider, operation, kind }),
    logger,
    random: Math.random,
    clock: { ...systemClock, date: now },
  })
}

/** Longer than any request takes: every wait in one is bounded by a shorter time. */
const LEASE_MS = 180_000

/** What settling may take on top of the call, before a sender counts as dead. */
const LEASE_MARGIN_MS = 1_000

interface Parts
  extends Pick<Services, 'database' | 'vault' | 'connections' | 'logger' | 'now' | 'madeKey' | 'tracing'> {
  /** For what calls to providers wait for; the database itself when left out. */
  readonly admissions?: Transactions
}

/** Few, since each speaks for all calls that wait for the same budget. */
const ADMISSION_CONNECTIONS = 2

/** Puts the parts together; nothing here waits for anything. */
export function composeServices(config: Config, parts: Parts): Services {
  const { database, vault, logger, now } = parts
  const metrics = createMetrics({
    pool: () => database.stats(),
    unknown: () => countUnknown(database.sql),
    pressure: () => providers.pressure(),
  })
  const callLog = createCallLog({
    write: batch => insertCalls(database.sql, batch),
    onDrop: count => metrics.droppedCalls.inc(count),
    logger,
  })
  const ledgers = createProviderLedgers({ database: parts.admissions ?? database, vault, now })
  const drift = watchDrift(parts, metrics)
  const hooks = besideCalls(metrics, parts.tracing, drift)
  const providers = createProviders(config, logger, callLog, ledgers, hooks)
  const journaling = {
    database,
    vault,
    connections: parts.connections,
    providers,
    resources: journaledResources,
    now,
    timeoutMs: config.providerTimeoutMs,
    logger,
  }
  const leaseMs = 2 * config.providerTimeoutMs + LEASE_MARGIN_MS
  const journal = createJournal({ ...journaling, leaseMs })
  const services: Services = {
    config,
    ...parts,
    authenticator: createAuthenticator({ sql: database.sql, now }),
    providers,
    callLog,
    drift,
    journal,
    reconciler: createReconciler({
      ...journaling,
      journal,
      lookups,
      onLook: look => metrics.reconcileLooks.inc(look),
    }),
    cursors: createCursors(data => vault.mac('list-cursor', data)),
    idempotency: createIdempotency({
      database,
      vault,
      now,
      leaseMs: LEASE_MS,
      onReplay: () => metrics.idempotencyReplays.inc(),
    }),
    metrics,
    readiness: createReadiness({
      ping: () => database.ping(),
      pending: () => pendingMigrations(database.sql, migrationsDirectory),
    }),
    close: async () => {
      await services.reconciler.close()
      await journal.close()
      await providers.close()
      await callLog.close()
      await drift.close()
      await parts.tracing?.close()
      await parts.admissions?.close()
      await database.close()
    },
  }
  return services
}

/** The composition root: the only place that constructs. Throws ConfigError for what does not fit together. */
export async function createServices(config: Config, surroundings: Surroundings): Promise<Services> {
  const { logger, databaseUrl, simulators = {}, now = () => new Date() } = surroundings
  const vault = createVault(config.encryptionKeys ?? [keptEncryptionKey(config.dataDirectory)])
  const given = givenConnections(config, sealedProviders, simulators)
  const database = createDatabase({ connectionString: databaseUrl })
  try {
    const { accountId, madeKey, connections } = await ensureGiven(database, config, vault, given, now())
    const entered = createOwnConnections({ sql: database.sql, vault, logger })
    await entered.reload()
    const ways = createConnections(config.mode, connections, accountId, entered)
    const tracing = config.otlpEndpoint === null ? null : await openTracing(config.otlpEndpoint)
    const admissions = createTransactions({ connectionString: databaseUrl, max: ADMISSION_CONNECTIONS })
    const parts = { database, admissions, vault, connections: ways, logger, now, madeKey, tracing }
    return composeServices(config, parts)
  } catch (err) {
    await database.close()
    throw err
  }
}
