import { chooseProvider, connectionTo } from '#connections/choose-provider'
import type { Address } from '#contract/addresses'
import type { VoidRequest } from '#contract/voids'
import type { Call } from '#http/caller'
import type { StepOf } from '#journal/journal'
import { providerIdThrough } from '#mappings/lookups'
import type { Connection } from '#providers/call-context'
import type { VoidDraft } from '#providers/port/voids'
import { addressFor, houseOf, resolveAddress } from '#resources/addresses/resolve-address'
import { demandBranch } from '#resources/branches/find-branch'
import { toPostalAddress } from '#resources/orders/plan-order'
import { namedProperty } from '#resources/properties/read-properties'
import type { VoidRow } from '#resources/voids/store'
import type { Services } from '#services'
import { newUuid } from '#values/ids'

interface House {
  readonly told: Pick<VoidDraft, 'property_id' | 'address'>
  readonly property_id: string | null
  readonly address: Address
}

/** A house by the provider's own id where it has one, else by its lines. */
async function houseOfProperty(
  services: Services,
  call: Call,
  propertyId: string,
  { id: connectionId, provider }: Connection,
): Promise<House> {
  const { sql } = services.database
  const { id, address } = await namedProperty(sql, call, propertyId)
  const through = { accountId: call.caller.accountId, connectionId, providerResource: 'property' }
  const property_id = await providerIdThrough(sql, through, id)
  const lines = addressFor(provider, { address: { ...address, address_id: null }, known: null })
  const told = property_id === null ? { property_id, address: lines } : { property_id, address: null }
  return { told, property_id: id, address }
}

async function houseIn(
  services: Services,
  call: Call,
  body: VoidRequest,
  connection: Connection,
): Promise<House> {
  if (body.property_id) return houseOfProperty(services, call, body.property_id, connection)
  if (!body.address) throw new TypeError('a void names its house')
  const resolved = await resolveAddress(services, call, body.address)
  const address = addressFor(connection.provider, resolved)
  return { told: { property_id: null, address }, property_id: null, address: houseOf(resolved) }
}

/** The people of a void, as the provider is told them. */
function peopleOf({ responsible_tenant, responsible_address, forwarding }: VoidRequest) {
  return {
    responsible_tenant: responsible_tenant ?? null,
    responsible_address: responsible_address ? toPostalAddress(responsible_address) : null,
    forwarding: forwarding ? { ...forwarding, address: toPostalAddress(forwarding.address) } : null,
  }
}

export interface PreparedVoid {
  readonly step: StepOf<'voids.create'>
  readonly row: VoidRow
}

/** Checks a void without asking the provider. Throws problems with pointers; nothing is stored or sent. */
export async function prepareVoid(services: Services, call: Call, body: VoidRequest): Promise<PreparedVoid> {
  const provider = chooseProvider('voids.create', body.provider)
  const connection = connectionTo(services, call.caller, provider)
  const house = await houseIn(services, call, body, connection)
  const branch = body.branch_id ? await demandBranch(services, call, body.branch_id, connection) : null
  const told = {
    premium: body.premium ?? false,
    property_empty: body.property_empty,
    notifications: body.notifications ?? false,
    property_reference: body.property_reference ?? null,
  }
  const tenancy = { start_date: body.tenancy.start_date, end_date: body.tenancy.end_date ?? null }
  const input = { ...house.told, ...told, ...peopleOf(body), tenancy, branch_id: branch?.providerId ?? null }
  const at = services.now()
  const { accountId: account_id, mode } = call.caller
  const row = {
    ...{ id: newUuid(), account_id, mode, provider, status: 'submitting' as const, ...told, ...tenancy },
    property_id: house.property_id,
    tenancy_id: null,
    branch_id: branch?.uuid ?? null,
    address: house.address,
    metadata: body.metadata ?? {},
    created_at: at,
    updated_at: at,
  }
  return { step: { operation: 'voids.create', connection, input }, row }
}
