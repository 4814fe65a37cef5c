import type { Call } from '#http/caller'
import { notFound, ProblemError } from '#http/problem-error'
import { providerIdThrough } from '#mappings/lookups'
import type { Connection } from '#providers/call-context'
import { supporting } from '#providers/registry'
import { findTenancyRow, type TenancyRow } from '#resources/properties/tenancies/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Which tenancy of which house. */
export interface TenancyNames {
  readonly property_id: string
  readonly tenancy_id: string
}

/** A tenancy at the provider that keeps it. */
export interface TenancyThere {
  readonly connection: Connection
  /** The provider's own ids. */
  readonly at: { readonly property_id: string; readonly tenancy_id: string }
}

/** Throws `not_found`. */
export async function findTenancy(services: Services, call: Call, names: TenancyNames): Promise<TenancyRow> {
  const row = await findTenancyRow(services.database.sql, call.caller, {
    tenancyUuid: uuidOf('tenancy', names.tenancy_id),
    propertyUuid: uuidOf('property', names.property_id),
  })
  if (row) return row
  throw notFound('tenancy')
}

/** Where a tenancy is kept by a provider that shows it to this account; null where none is. */
export async function tenancyThere(
  { connections, database }: Services,
  { caller }: Call,
  { id, property_id: houseUuid }: TenancyRow,
): Promise<TenancyThere | null> {
  const ways = supporting('tenancies.get').flatMap(provider => connections.to(caller, provider))
  for (const connection of ways) {
    const through = { accountId: caller.accountId, connectionId: connection.id }
    const [property_id, tenancy_id] = await Promise.all([
      providerIdThrough(database.sql, { ...through, providerResource: 'property' }, houseUuid),
      providerIdThrough(database.sql, { ...through, providerResource: 'tenancy' }, id),
    ])
    if (property_id !== null && tenancy_id !== null) return { connection, at: { property_id, tenancy_id } }
  }
  return null
}

/** The same for what is done to it there. Throws `state_conflict` where no provider keeps it. */
export async function demandThere(services: Services, call: Call, row: TenancyRow): Promise<TenancyThere> {
  const there = await tenancyThere(services, call, row)
  if (there) return there
  throw new ProblemError(
    'state_conflict',
    'The tenancy is not known to exist at a provider that keeps tenancies.',
  )
}
