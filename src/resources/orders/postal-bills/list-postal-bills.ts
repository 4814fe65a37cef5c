import { pageThrough } from '#connections/page-through'
import { readAtProvider } from '#connections/read-at-provider'
import type { PostalBill } from '#contract/postal-bills'
import type { ListQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { reachOrder } from '#resources/orders/find-order'
import { shownBelow } from '#resources/orders/read-below'
import type { Services } from '#services'

/** A page of the bills that came by post for an order, in the provider's order. */
export async function listPostalBills(
  services: Services,
  call: Call,
  orderId: string,
  query: ListQuery,
): Promise<Page<PostalBill>> {
  const list = `orders/${orderId}/postal-bills`
  const { caller } = call
  const request = services.cursors.read(query, list, caller)
  const {
    order,
    connection,
    providerOrderId: order_id,
  } = await reachOrder(services, call, orderId, 'postal_bills.list')
  const target = { connection, resource: { prefix: 'order', uuid: order.id } } as const
  const fetchPage = async (page: number) =>
    (await readAtProvider(services, call, target, 'postal_bills.list', { order_id, page })).value
  const page = await pageThrough(services.cursors, fetchPage, request, { list, caller })
  return { ...page, data: page.data.map(bill => shownBelow(order, 'postal_bill', bill)) }
}
