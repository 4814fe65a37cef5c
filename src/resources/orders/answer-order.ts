import { Order } from '#contract/orders'
import type { Tx } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { showOrder } from '#resources/orders/show-orders'
import { findOrderRow } from '#resources/orders/store'
import type { Services } from '#services'

/** The answer as the order stands: 202 while nobody knows whether the provider has it, `created` (201) otherwise. */
export async function answerFromOrder(
  services: Services,
  call: Call,
  uuid: string,
  { tx, created = 201 }: { tx?: Tx; created?: 200 | 201 } = {},
): Promise<Answer> {
  const sql = tx ?? services.database.sql
  const row = await findOrderRow(sql, call.caller, uuid)
  if (!row) throw new TypeError('an order that was written down is gone')
  const order = await showOrder(sql, call.caller.accountId, row, services.now())
  const open = order.status === 'unknown' || order.status === 'submitting'
  return respond(Order, order, {
    status: open ? 202 : created,
    headers: { location: `/v1/orders/${order.id}` },
  })
}
