import type { FaultName } from '#simulators/core/faults'
import type { RunningSimulators } from '#simulators/index'
import { household } from '#test/households'
import { contact, leadRequest } from '#test/lead-requests'
import { invitee, payer } from '#test/orders'

type Simulators = Omit<RunningSimulators, 'stop'>

/** Something that a provider is asked for, and how often one request of this kind has it done. */
export interface Counted {
  readonly provider: keyof Simulators
  readonly operation: string
  readonly times: number
}

/** A request that ends in unsafe operations. */
export interface Kind {
  readonly route: 'POST /v1/orders' | 'POST /v1/leads'
  readonly body: Readonly<Record<string, unknown>>
  /** What is sent first, all at once. */
  readonly first: readonly Counted[]
  /** What is sent later, in turn. */
  readonly later: readonly Counted[]
  /** Commits from the claim to the answer. */
  readonly commits: number
  /** Its status when all of that went well. */
  readonly done: string
}

/** Each kind has a house of its own, so that one that stands still holds no lock that another needs. */
function houseAt(line_1: string) {
  const { occupants, household_type, tenancy } = household()
  return { address: { line_1, city: 'London', postcode: 'SW1A 1AA' }, occupants, household_type, tenancy }
}

export const kinds = {
  'a Homebox order': {
    route: 'POST /v1/orders',
    body: {
      ...houseAt('1 Order Street'),
      provider: 'homebox',
      product: 'tenant_package',
      package_id: '1',
      bill_payers: 2,
      tenants: [payer(), invitee()],
    },
    first: [{ provider: 'homebox', operation: 'orders.create', times: 1 }],
    later: [
      { provider: 'homebox', operation: 'tenants.create', times: 1 },
      { provider: 'homebox', operation: 'invites.create', times: 1 },
    ],
    // The claim, three steps, whom the provider made of the tenants, the answer.
    commits: 6,
    done: 'pending',
  },
  'a lead': {
    route: 'POST /v1/leads',
    body: leadRequest({ providers: ['homebox', 'one_utility_bill'], tenants: [contact(1), contact(2)] }),
    first: [
      { provider: 'homebox', operation: 'leads.create', times: 1 },
      { provider: 'one_utility_bill', operation: 'leads.create', times: 2 },
    ],
    later: [],
    commits: 4,
    done: 'submitted',
  },
  'a Housr order': {
    route: 'POST /v1/orders',
    body: {
      ...houseAt('3 Housr Street'),
      provider: 'housr',
      product: 'bills_package',
      services: ['electricity', 'gas'],
      tenants: [invitee({ date_of_birth: '1999-03-04' })],
    },
    first: [{ provider: 'housr', operation: 'bills-packages.create', times: 1 }],
    later: [],
    commits: 2,
    done: 'pending',
  },
} satisfies Record<string, Kind>
export type KindName = keyof typeof kinds

/** How often each of its operations is to be applied. */
export function wanted({ first, later }: Kind): number[] {
  return [...first, ...later].map(({ times }) => times)
}

/** How often each of its operations was applied at its provider. */
export function applied(simulators: Simulators, { first, later }: Kind): number[] {
  return [...first, ...later].map(({ provider, operation }) => simulators[provider].count(operation))
}

/** Whether all that is sent first has been applied. */
export function isFirstApplied(simulators: Simulators, { first }: Kind): boolean {
  return first.every(({ provider, operation, times }) => simulators[provider].count(operation) === times)
}

/** How many requests that change something have reached the providers, applied or not. */
export function changesReceived(simulators: Simulators): number {
  const received = Object.values({ ...simulators, stop: undefined }).flatMap(
    simulator => simulator?.requests() ?? [],
  )
  return received.filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token').length
}

/** Lets every one of these go wrong, once. */
export function armAll(simulators: Simulators, counted: readonly Counted[], fault: FaultName, ms = 0): void {
  for (const { provider, operation, times } of counted)
    simulators[provider].arm({ fault, operation, times, ms })
}
