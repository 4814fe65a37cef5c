import type { OrderPayment } from '#contract/order-payments'
import type { ListQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { byOrder, listBelow, readBelow, shownBelow } from '#resources/orders/read-below'
import type { Services } from '#services'

/** What is, or was to be, taken from the bill payers of an order. */
export function listOrderPayments(
  services: Services,
  call: Call,
  orderId: string,
  query: ListQuery,
): Promise<Page<OrderPayment>> {
  return listBelow(services, call, { list: `orders/${orderId}/payments`, query }, async () => {
    const { order, run } = await readBelow(services, call, orderId, 'orders.payments', byOrder)
    return run.value.map(payment => shownBelow(order, 'payment', payment))
  })
}
