import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
const JOB_SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400]

/** Everything that is measured, in base units; labels are bounded and never hold an id. */
export interface Metrics {
  readonly registry: Registry
  readonly requestDuration: Histogram<'method' | 'route' | 'status'>
  readonly providerRequests: Counter<'provider' | 'operation' | 'outcome'>
  readonly providerDuration: Histogram<'provider' | 'operation'>
  readonly droppedCalls: Counter
  readonly contractDrift: Counter<'provider' | 'operation' | 'kind'>
  readonly idempotencyReplays: Counter
  readonly reconcileLooks: Counter<'provider' | 'operation' | 'outcome'>
  readonly sealedWithOldKey: Gauge
  readonly polls: Counter<'provider' | 'kind' | 'outcome'>
  readonly jobAge: Histogram<'job'>
  readonly webhookDeliveries: Counter<'outcome'>
  readonly webhookPickup: Histogram
}

/** What is read when the metrics are. */
export interface Measured {
  /** Connections to the database in use, idle and waited for. */
  readonly pool: () => { total: number; idle: number; waiting: number }
  /** Operations whose outcome nobody knows, by provider. */
  readonly unknown: () => Promise<readonly { provider: string; unknown: number }[]>
  /** How far each provider holds us off. */
  readonly pressure: () => readonly {
    provider: string
    openCircuits: number
    budgetRemaining: number | null
  }[]
}

function measurePressure(registers: Registry[], pressure: Measured['pressure']): void {
  const labelNames = ['provider']
  new Gauge({
    name: 'billbridge_provider_circuit_open',
    help: 'Sets of credentials with which a provider is not called at the moment, as this process knows it',
    labelNames,
    registers,
    collect() {
      for (const { provider, openCircuits } of pressure()) this.set({ provider }, openCircuits)
    },
  })
  new Gauge({
    name: 'billbridge_rate_limit_budget_remaining',
    help: 'Calls left in the window of the credentials that have least left, all processes counted',
    labelNames,
    registers,
    collect() {
      this.reset()
      for (const { provider, budgetRemaining } of pressure())
        if (budgetRemaining !== null) this.set({ provider }, budgetRemaining)
    },
  })
}

function measureUnknown(registers: Registry[], unknown: Measured['unknown']): void {
  new Gauge({
    name: 'billbridge_intents_unknown',
    help: 'Operations whose outcome nobody knows, in the database as a whole',
    labelNames: ['provider'],
    registers,
    async collect() {
      try {
        const counts = await unknown()
        this.reset()
        for (const count of counts) this.set({ provider: count.provider }, count.unknown)
      } catch {
        // Without the database there is nothing to say of it; the other figures are to be had all the same.
        this.reset()
      }
    },
  })
}

export function createMetrics({ pool, unknown, pressure }: Measured): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'billbridge_db_pool_connections',
    help: 'Database connections by state',
    labelNames: ['state'],
    registers,
    collect() {
      const { total, idle, waiting } = pool()
      this.set({ state: 'in_use' }, total - idle)
      this.set({ state: 'idle' }, idle)
      this.set({ state: 'waiting' }, waiting)
    },
  })
  measureUnknown(registers, unknown)
  measurePressure(registers, pressure)
  return {
    registry,
    requestDuration: new Histogram({
      name: 'http_server_request_duration_seconds',
      help: 'Duration of requests',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    providerRequests: new Counter({
      name: 'billbridge_provider_requests_total',
      help: 'Calls to providers by outcome',
      labelNames: ['provider', 'operation', 'outcome'],
      registers,
    }),
    providerDuration: new Histogram({
      name: 'billbridge_provider_request_duration_seconds',
      help: 'Duration of calls to providers',
      labelNames: ['provider', 'operation'],
      buckets: SECONDS,
      registers,
    }),
    droppedCalls: new Counter({
      name: 'billbridge_provider_call_records_dropped_total',
      help: 'Records of provider calls that could not be kept',
      registers,
    }),
    contractDrift: new Counter({
      name: 'billbridge_contract_drift_total',
      help: 'Places of sampled answers at which their structure differs from the baseline',
      labelNames: ['provider', 'operation', 'kind'],
      registers,
    }),
    sealedWithOldKey: new Gauge({
      name: 'billbridge_sealed_with_old_key',
      help: 'Values that no configured key but an older one opens, or none at all',
      registers,
    }),
    reconcileLooks: new Counter({
      name: 'billbridge_reconcile_looks_total',
      help: 'Looks at providers for unknown outcomes, by what they showed',
      labelNames: ['provider', 'operation', 'outcome'],
      registers,
    }),
    idempotencyReplays: new Counter({
      name: 'billbridge_idempotency_replays_total',
      help: 'Answers given again for a repeated idempotency key',
      registers,
    }),
    polls: new Counter({
      name: 'billbridge_poll_total',
      help: 'Looks at providers for changes, by outcome',
      labelNames: ['provider', 'kind', 'outcome'],
      registers,
    }),
    webhookDeliveries: new Counter({
      name: 'billbridge_webhook_deliveries_total',
      help: 'Attempts to deliver an event to a webhook, by where the delivery stood after it',
      labelNames: ['outcome'],
      registers,
    }),
    webhookPickup: new Histogram({
      name: 'billbridge_webhook_pickup_seconds',
      help: 'From an event to the first attempt to deliver it',
      buckets: SECONDS,
      registers,
    }),
    jobAge: new Histogram({
      name: 'billbridge_job_age_seconds',
      help: 'How long work in the background had been due when it was begun',
      labelNames: ['job'],
      buckets: JOB_SECONDS,
      registers,
    }),
  }
}
