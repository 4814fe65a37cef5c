import { onTestFinished } from 'vitest'
import { supports } from '#providers/registry'
import type { RunningSimulator } from '#simulators/core/simulator'
import { startSimulators } from '#simulators/index'
import type { Case } from '#test/conformance-cases'
import { casesOf } from '#test/conformance-cases'
import type { Ids } from '#test/conformance-inputs'
import { EXAMPLE_IDS, inputsFor } from '#test/conformance-inputs'
import { type OpenOptions, openProvider } from '#test/conformance-runtime'

const TODAY = new Date('2026-11-21T12:00:00.000Z')

/** Every simulator, on a day that never changes. */
export async function startAll(): Promise<readonly RunningSimulator[]> {
  const { stop, ...simulators } = await startSimulators({ limit: 'off', clock: () => TODAY })
  onTestFinished(stop)
  return Object.values(simulators)
}

export function openSimulator({ name, url, credentials }: RunningSimulator, options: OpenOptions = {}) {
  return openProvider(name, url, { ...options, credentials })
}

/** Makes what the inputs of a case point to; orders and leads for a branch, where there are branches. */
export async function seed(simulator: RunningSimulator, options: OpenOptions = {}): Promise<Ids> {
  const { runtime, context } = openSimulator(simulator, options)
  const ids = { ...EXAMPLE_IDS }
  let branch_id: string | null = null
  if (supports(simulator.name, 'branches.create')) {
    const branch = await runtime.run(context, 'branches.create', inputsFor(ids)['branches.create'])
    branch_id = branch.value.id
    ids.branch_id = branch_id
  }
  if (supports(simulator.name, 'leads.create')) {
    const { offers } = (await runtime.run(context, 'quotes.create', inputsFor()['quotes.create'])).value
    ids.quote_id = offers[0]?.provider_quote_id ?? ids.quote_id
    const draft = { ...inputsFor(ids)['leads.create'], branch_id }
    ids.lead_id = (await runtime.run(context, 'leads.create', draft)).value.id
  }
  if (supports(simulator.name, 'properties.create')) {
    const { value } = await runtime.run(context, 'properties.create', inputsFor(ids)['properties.create'])
    ids.property_id = value.id
    const period = await runtime.run(context, 'voids.create', inputsFor(ids)['voids.create'])
    ids.tenancy_id = period.value.id
  }
  if (supports(simulator.name, 'tenants.create')) {
    const draft = { ...inputsFor()['orders.create'], branch_id }
    ids.order_id = (await runtime.run(context, 'orders.create', draft)).value.order_id
    const inputs = inputsFor(ids)
    await runtime.run(context, 'tenants.create', inputs['tenants.create'])
    await runtime.run(context, 'invites.create', inputs['invites.create'])
    const tenants = (await runtime.run(context, 'tenants.list', inputs['tenants.list'])).value
    const invites = (await runtime.run(context, 'invites.list', inputs['invites.list'])).value
    ids.tenant_id = tenants[0]?.id ?? 'nobody was added'
    ids.invite_id = invites[0]?.id ?? 'nobody was invited'
    const payments = (await runtime.run(context, 'orders.payments', inputs['orders.payments'])).value
    ids.payment_id = payments[0]?.id ?? 'nobody pays'
  }
  return ids
}

/** What takes something away comes last. */
export function simulatedCases(simulator: RunningSimulator, ids: Ids): Case[] {
  const removes = ({ operation }: Case) => (operation.endsWith('.delete') ? 1 : 0)
  return casesOf(simulator.name, ids).toSorted((one, other) => removes(one) - removes(other))
}
