import type { Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import type { ProviderTenant } from '#providers/port/tenants'
import type { ReachableOrder } from '#resources/orders/find-order'
import { compareLists, type Likeness, type Pair } from '#resources/orders/tenants/compare-lists'
import { mapPerson } from '#resources/orders/tenants/map-person'
import {
  type KnownTenant,
  knownTenants,
  nextPosition,
  setTenantDeleted,
} from '#resources/orders/tenants/store'
import { toFields } from '#resources/orders/tenants/tenant-fields'
import { insertTenant, updateTenant } from '#tenants/store'
import { newUuid } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>
type Alike = Likeness<KnownTenant, ProviderTenant>

const hasEmail: Alike = ({ person }, { email }) =>
  email !== null && person.email?.toLowerCase() === email.toLowerCase()
const hasPhone: Alike = ({ person }, { phone }) => phone !== null && person.phone === phone

/** Adding somebody answers no id: they are known again by e-mail, then by phone. */
const LIKENESSES: readonly Alike[] = [
  (row, listed) => hasEmail(row, listed) && hasPhone(row, listed),
  hasEmail,
  hasPhone,
]

/** A list of bill payers, as it was read for an order. */
export interface TenantsRead {
  readonly listed: readonly ProviderTenant[]
  readonly readAt: Date
  readonly at: Date
}

/** Takes over what the provider says of somebody, unless what we know is newer. */
function takeOver(
  tx: Tx,
  scope: Scope,
  { row, listed }: Pair<KnownTenant, ProviderTenant>,
  { readAt, at }: TenantsRead,
): void {
  if (row.deletedAt) setTenantDeleted(tx, scope, row.uuid, null)
  const fields = toFields(listed, row.person)
  if (Object.keys(fields).length > 0 && !row.erased && row.updatedAt < readAt)
    updateTenant(tx, scope, row.uuid, fields, at)
}

/** Somebody whom the provider knows and we did not. */
async function welcome(
  tx: Tx,
  scope: Scope,
  orderUuid: string,
  { uuid, stranger, at }: { uuid: string; stranger: ProviderTenant; at: Date },
): Promise<void> {
  insertTenant(tx, scope, {
    uuid,
    orderUuid,
    leadUuid: null,
    position: await nextPosition(tx, scope, orderUuid),
    firstName: stranger.first_name,
    lastName: stranger.last_name,
    email: stranger.email,
    phone: stranger.phone,
    countryCode: null,
    dateOfBirth: stranger.date_of_birth,
    nationality: stranger.nationality,
    billingAddress: null,
    at,
  })
}

/**
 * Brings our people of an order in line with the provider's bill payers: maps those who are new there, takes over what
 * it says of them, adds whom we do not know, and takes off who is gone. The caller holds the order's row.
 */
export async function recordTenants(
  tx: Tx,
  scope: Scope,
  { order, connection }: Pick<ReachableOrder, 'order' | 'connection'>,
  read: TenantsRead,
): Promise<void> {
  const { listed, readAt, at } = read
  const rows = await knownTenants(tx, scope, { orderUuid: order.id, connectionId: connection.id })
  const { known, found, strangers, gone } = compareLists(rows, listed, { likenesses: LIKENESSES, readAt })
  const map = (uuid: string, providerId: string) =>
    mapPerson(tx, scope, connection, { resource: { prefix: 'tenant', uuid }, providerId, at })

  for (const pair of known) takeOver(tx, scope, pair, read)
  for (const pair of found) if (await map(pair.row.uuid, pair.listed.id)) takeOver(tx, scope, pair, read)
  for (const stranger of strangers) {
    const uuid = newUuid()
    if (await map(uuid, stranger.id)) await welcome(tx, scope, order.id, { uuid, stranger, at })
  }
  for (const row of gone) setTenantDeleted(tx, scope, row.uuid, at)
}
