import type { HomeboxClient } from '#providers/homebox/client'
import { mayStemFrom } from '#providers/homebox/dates'
import { getOrder, listOrders } from '#providers/homebox/order-rows'
import { readPages } from '#providers/homebox/pages'
import type { Input } from '#providers/port/index'
import type { OrderCandidate, ProviderOrder } from '#providers/port/orders'
import { addressKey } from '#values/address'

type Tenancy = Input<'orders.find'>['tenancy']

function hasTenancy(order: ProviderOrder, { start_date, end_date }: Tenancy): boolean {
  return order.tenancy.start_date === start_date && order.tenancy.end_date === end_date
}

/**
 * Among the partner's own orders, where those of branches may be too; then among the branch's, whose list names no
 * reference: each one with these dates is read for it.
 */
export async function findOrder(
  client: HomeboxClient,
  { reference, tenancy, branch_id }: Input<'orders.find'>,
): Promise<ProviderOrder | null> {
  const own = readPages('orders.find', page => listOrders(client, { page, branch_id: null }))
  for await (const order of own) if (order.reference === reference) return order
  if (branch_id === null) return null
  const branch = readPages('orders.find', page => listOrders(client, { page, branch_id }))
  for await (const listed of branch) {
    if (!hasTenancy(listed, tenancy)) continue
    const order = await getOrder(client, { order_id: listed.id, branch_id: null })
    if (order.reference === reference) return order
  }
  return null
}

/** Partner packages with these dates in this postcode, not older than our attempt: they carry no reference of ours. */
export async function scanOrders(
  client: HomeboxClient,
  { product, address, tenancy, created_after }: Input<'orders.scan'>,
): Promise<OrderCandidate[]> {
  const key = addressKey({ ...address, city: null, uprn: null })
  const found: OrderCandidate[] = []
  const orders = readPages('orders.scan', page => listOrders(client, { page, branch_id: null }))
  for await (const order of orders) {
    const stems = hasTenancy(order, tenancy) && mayStemFrom(created_after, order.created_at)
    if (order.product !== product || !stems) continue
    const place = order.address
    if (place?.postcode && place.postcode !== address.postcode) continue
    found.push({ order, same_address: place !== null && addressKey({ ...place, uprn: null }) === key })
  }
  return found
}
