import type { z } from 'zod'
import type { Order, OrderQuery } from '#contract/orders'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { lookForUnknown } from '#journal/look-for-unknown'
import { readPayloads } from '#payloads/provider-payloads'
import { findOrder } from '#resources/orders/find-order'
import { refreshOrder } from '#resources/orders/refresh-order'
import { showOrder, showOrders } from '#resources/orders/show-orders'
import { listOrderRows, placeOf } from '#resources/orders/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** One order; read again at the provider first with `refresh`, with the provider's own payload with `withProviderData`. */
export async function getOrder(
  services: Services,
  call: Call,
  orderId: string,
  wishes: { refresh: boolean; withProviderData: boolean },
): Promise<Order> {
  if (wishes.refresh) {
    await lookForUnknown(services, call, { uuid: uuidOf('order', orderId) })
    await refreshOrder(services, call, orderId)
  }
  const row = await findOrder(services, call, orderId)
  const { sql } = services.database
  const order = await showOrder(sql, call.caller.accountId, row, services.now())
  if (!wishes.withProviderData) return order
  const holder = { prefix: 'order' as const, uuid: row.id }
  return { ...order, provider_data: await readPayloads(sql, services.vault, call.caller, holder) }
}

/** A page of the account's orders, newest first. */
export async function listOrders(
  services: Services,
  call: Call,
  query: z.output<typeof OrderQuery>,
): Promise<Page<Order>> {
  const page = services.cursors.read(query, 'orders', call.caller)
  const { sql } = services.database
  const rows = await listOrderRows(
    sql,
    call.caller,
    {
      status: query.status ?? null,
      provider: query.provider ?? null,
      reference: query.reference ?? null,
      property_reference: query.property_reference ?? null,
      branch_id: query.branch_id === undefined ? null : uuidOf('branch', query.branch_id),
      createdAfter: query.created_after === undefined ? null : new Date(query.created_after),
      createdBefore: query.created_before === undefined ? null : new Date(query.created_before),
    },
    page,
  )
  const shown = await showOrders(sql, call.caller.accountId, rows, services.now())
  return services.cursors.page(shown, page, 'orders', call.caller, order =>
    placeOf(order.created_at, uuidOf('order', order.id)),
  )
}
