import type { Payout } from '#contract/payouts'
import type { ListQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { byOrder, listBelow, readBelow, shownBelow } from '#resources/orders/read-below'
import type { Services } from '#services'

/** What the provider of an order pays, or has paid, to suppliers. */
export function listPayouts(
  services: Services,
  call: Call,
  orderId: string,
  query: ListQuery,
): Promise<Page<Payout>> {
  return listBelow(services, call, { list: `orders/${orderId}/payouts`, query }, async () => {
    const { order, run } = await readBelow(services, call, orderId, 'orders.payouts', byOrder)
    return run.value.map(payout => shownBelow(order, 'payout', payout))
  })
}
