import type { Tx } from '#db/tx'
import { ensureProperty } from '#properties/ensure-property'
import type { ProviderOrder } from '#providers/port/orders'
import { type OrderRow, setOrderProperty } from '#resources/orders/store'
import { ensureOrderTenancy } from '#resources/orders/tenancy'

/** Where the order was placed by an address id alone, the provider's answer is the first to tell which house it is. */
export async function learnHouse(
  tx: Tx,
  row: OrderRow,
  address: ProviderOrder['address'],
  at: Date,
): Promise<void> {
  if (row.property_id !== null || address === null) return
  const house = { ...row.address, ...address }
  const scope = { accountId: row.account_id, mode: row.mode }
  const property = await ensureProperty(tx, scope, {
    address: house,
    propertyReference: row.property_reference,
    at,
  })
  if (property === null) return
  setOrderProperty(tx, row.id, property)
  await ensureOrderTenancy(tx, { ...row, property_id: property }, at)
}
