import type { Bills } from '#contract/bills'
import type { ListQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { cutArray } from '#http/read-through'
import { addsUp } from '#resources/orders/bills/adds-up'
import { byOrder, readBelow, shownBelow } from '#resources/orders/read-below'
import type { Services } from '#services'

/**
 * The chosen bills of an order with their totals, as its provider has them now. Totals that do not add up are passed on
 * as they are stated, and said not to.
 */
export async function listBills(
  services: Services,
  call: Call,
  orderId: string,
  query: ListQuery,
): Promise<Bills> {
  const list = `orders/${orderId}/bills`
  const page = services.cursors.read(query, list, call.caller)
  const { order, run } = await readBelow(services, call, orderId, 'orders.bills', byOrder)
  const { bills, ...totals } = run.value
  const adds_up = addsUp(run.value, order)
  if (adds_up === false)
    services.logger.warn(
      { provider: order.provider, order_id: orderId, request_id: call.requestId },
      'the totals of an order do not add up',
    )
  const shown = bills.map(bill => shownBelow(order, 'bill', bill))
  return { ...cutArray(services.cursors, shown, page, list, call.caller), ...totals, adds_up }
}
