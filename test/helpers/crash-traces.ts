import { z } from 'zod'
import type { RunningSimulators } from '#simulators/index'

type Simulators = Omit<RunningSimulators, 'stop'>

const Person = z.looseObject({ id: z.string(), email: z.string().nullable(), phone: z.string().nullable() })
const Shown = z.object({
  id: z.string(),
  object: z.enum(['order', 'lead']),
  status: z.string(),
  address: z.object({ line_1: z.string() }),
  tenants: z.array(Person),
})
const Failure = z.object({ code: z.string() }).nullable()
const Provider = z.enum(['homebox', 'housr', 'one_utility_bill'])
const Order = Shown.extend({
  provider: Provider,
  steps: z.array(
    z.object({
      operation: z.string(),
      operation_id: z.string(),
      tenant_id: z.string().nullable(),
      state: z.string(),
      error: Failure,
    }),
  ),
})
const Lead = Shown.extend({
  submissions: z.array(
    z.object({
      provider: Provider,
      operation_id: z.string(),
      tenant_id: z.string().nullable(),
      status: z.string(),
    }),
  ),
})

/** One unsafe operation of an order or lead, with what its effect at the provider is known by. */
export interface Trace {
  readonly operationId: string
  readonly provider: z.infer<typeof Provider>
  readonly operation: string
  /** Text that stands in this operation's request and in no other of its kind. */
  readonly marker: string
  readonly state: string
  readonly skipped: boolean
}

/** An order or lead as the API shows it. */
export interface Traced {
  readonly house: string
  readonly id: string
  readonly object: 'order' | 'lead'
  readonly status: string
  readonly traces: readonly Trace[]
}

export function tracedOrder(body: unknown): Traced {
  const { id, object, status, address, tenants, provider, steps } = Order.parse(body)
  const traces = steps.map(({ operation, operation_id, tenant_id, state, error }) => {
    const person = tenants.find(tenant => tenant.id === tenant_id)
    const contact = operation === 'invites.create' ? person?.phone : person?.email
    return {
      operationId: operation_id,
      provider,
      operation: provider === 'housr' ? 'bills-packages.create' : operation,
      marker: operation === 'orders.create' ? address.line_1 : (contact ?? ''),
      state,
      skipped: state === 'refused' && error?.code === 'skipped',
    }
  })
  return { id, object, status, house: address.line_1, traces }
}

export function tracedLead(body: unknown): Traced {
  const { id, object, status, address, tenants, submissions } = Lead.parse(body)
  const traces = submissions.map(submission => ({
    operationId: submission.operation_id,
    provider: submission.provider,
    operation: 'leads.create',
    marker: tenants.find(tenant => tenant.id === submission.tenant_id)?.email ?? address.line_1,
    state: submission.status,
    skipped: false,
  }))
  return { id, object, status, house: address.line_1, traces }
}

/** How often an operation was carried out at its provider. */
export function effectsOf(simulators: Simulators, { provider, operation, marker }: Trace): number {
  const effects = simulators[provider].effects(operation)
  return effects.filter(({ body }) => JSON.stringify(body).includes(marker)).length
}
