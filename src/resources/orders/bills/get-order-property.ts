import type { OrderProperty } from '#contract/order-properties'
import type { Call } from '#http/caller'
import { byOrder, readBelow, shownBelow } from '#resources/orders/read-below'
import type { Services } from '#services'
import { idFromUuid } from '#values/ids'

/** The house of an order as its provider has it now. */
export async function getOrderProperty(
  services: Services,
  call: Call,
  orderId: string,
  withProviderData: boolean,
): Promise<OrderProperty> {
  const { order, run } = await readBelow(services, call, orderId, 'orders.property', byOrder)
  const { address, ...told } = run.value
  const property: OrderProperty = {
    ...shownBelow(order, 'order_property', told),
    order_id: orderId,
    property_id: order.property_id && idFromUuid('property', order.property_id),
    address: address && { ...address, address_id: null, uprn: null, umprn: null, udprn: null },
  }
  const { payload } = run
  if (!withProviderData || !payload) return property
  const latest = { fetched_at: payload.fetchedAt.toISOString(), data: payload.data }
  return { ...property, provider_data: { [order.provider]: latest } }
}
