import type { Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import type { ProviderTenant } from '#providers/port/tenants'
import type { ReachableOrder } from '#resources/orders/find-order'
import { compareLists, type Likeness } from '#resources/orders/tenants/compare-lists'
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

/**
 * Brings our people of an order in line with the provider's bill payers: maps those who are new there, takes over what
 * it says of them, adds whom we do not know, and takes off who is gone. The caller holds the order's row.
 */
export async function recordTenants(
  tx: Tx,
  scope: Pick<Caller, 'accountId' | 'mode'>,
  { order, connection }: Pick<ReachableOrder, 'order' | 'connection'>,
  { listed, readAt, at }: TenantsRead,
): Promise<void> {
  const place = { orderUuid: order.id, connectionId: connection.id }
  const rows = await knownTenants(tx, scope, place)
  const { known, found, strangers, gone } = compareLists(rows, listed, { likenesses: LIKENESSES, readAt })

  const map = (uuid: string, providerId: string) =>
    mapPerson(tx, scope, connection, { resource: { prefix: 'tenant', uuid }, providerId, at })
  const takeOver = async (row: KnownTenant, entry: ProviderTenant): Promise<void> => {
    const fields = toFields(entry, row.person)
    if (row.erased || row.updatedAt >= readAt || Object.keys(fields).length === 0) return
    await updateTenant(tx, scope, row.uuid, fields, at)
  }

  for (const { row, listed: entry } of known) {
    if (row.deletedAt) await setTenantDeleted(tx, scope, row.uuid, null)
    await takeOver(row, entry)
  }
  for (const { row, listed: entry } of found) if (await map(row.uuid, entry.id)) await takeOver(row, entry)
  for (const entry of strangers) {
    const uuid = newUuid()
    if (!(await map(uuid, entry.id))) continue
    await insertTenant(tx, scope, {
      uuid,
      orderUuid: order.id,
      leadUuid: null,
      position: await nextPosition(tx, scope, order.id),
      firstName: entry.first_name,
      lastName: entry.last_name,
      email: entry.email,
      phone: entry.phone,
      countryCode: null,
      dateOfBirth: entry.date_of_birth,
      nationality: entry.nationality,
      billingAddress: null,
      at,
    })
  }
  for (const row of gone) await setTenantDeleted(tx, scope, row.uuid, at)
}
