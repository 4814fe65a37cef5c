import { readAtProvider } from '#connections/read-at-provider'
import type { PaymentStatus } from '#contract/order-payments'
import type { Tx } from '#db/tx'
import { appendEvent } from '#events/append-event'
import type { Call } from '#http/caller'
import type { ProviderPayment } from '#providers/port/payments'
import { reachOrder } from '#resources/orders/find-order'
import { notePayments, seenPayments } from '#resources/orders/payments/seen-payments'
import { lockOrderRow, type OrderRow } from '#resources/orders/store'
import type { Services } from '#services'
import { idFromUuid } from '#values/ids'

/** Of an order that is older when its payments are seen for the first time, what they came to is history. */
const HISTORY_MS = 60 * 24 * 3_600_000

const TOLD = { failed: 'payment.failed', succeeded: 'payment.succeeded' } as const

function eventOf(status: PaymentStatus) {
  return status === 'failed' || status === 'succeeded' ? TOLD[status] : null
}

function tell(
  tx: Tx,
  order: OrderRow,
  payment: ProviderPayment,
  { previous, at }: { previous: PaymentStatus | null; at: Date },
): void {
  const type = eventOf(payment.status)
  if (type === null) return
  appendEvent(tx, {
    accountId: order.account_id,
    mode: order.mode,
    type,
    resource: { prefix: 'order', uuid: order.id },
    data: {
      id: idFromUuid('order', order.id),
      provider: order.provider,
      payment_id: payment.id,
      status: payment.status,
      previous_status: previous,
      provider_status: payment.provider_status,
      method: payment.method,
      attempt: payment.attempt,
    },
    at,
  })
}

async function record(
  tx: Tx,
  order: OrderRow,
  payments: readonly ProviderPayment[],
  { quietly, at }: { quietly: boolean; at: Date },
): Promise<void> {
  const seen = await seenPayments(tx, order)
  const listed = [...new Map(payments.map(payment => [payment.id, payment])).values()]
  const changed = listed.filter(({ id, status }) => seen.get(id) !== status)
  if (changed.length === 0) return
  notePayments(tx, order, changed, at)
  if (quietly) return
  for (const payment of changed) tell(tx, order, payment, { previous: seen.get(payment.id) ?? null, at })
}

/**
 * Reads the payments of an order, keeps their status and tells of each that has failed or succeeded since, also of one
 * that is seen so for the first time. `first` is the first look at the order: if it is older than 60 days by then, its
 * past is kept but not told of. Throws ProviderError and what `reachOrder` throws.
 */
export async function watchPayments(
  services: Services,
  call: Call,
  orderId: string,
  { first }: { first: boolean },
): Promise<void> {
  const { order, connection, providerOrderId } = await reachOrder(services, call, orderId, 'orders.payments')
  const target = { connection, resource: { prefix: 'order' as const, uuid: order.id } }
  const { value } = await readAtProvider(services, call, target, 'orders.payments', {
    order_id: providerOrderId,
  })
  const at = services.now()
  const quietly = first && at.getTime() - order.created_at.getTime() >= HISTORY_MS
  await services.database.transaction(async tx => {
    const row = await lockOrderRow(tx, call.caller, order.id)
    if (row) await record(tx, row, value, { quietly, at })
  })
}
