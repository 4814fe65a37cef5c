import { OrderPayment, type PaymentReplacement } from '#contract/order-payments'
import { Preview } from '#contract/providers'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { previewStep } from '#journal/preview-step'
import { type ReachableOrder, reachOrder } from '#resources/orders/find-order'
import { placedBelow, shownBelow } from '#resources/orders/read-below'
import { type PlacedDeed, performAt } from '#resources/provider-objects/perform-at'
import type { Services } from '#services'

/** Which payment of which order, by the provider's id. */
export interface PaymentNames {
  readonly orderId: string
  readonly paymentId: string
}

function toInput(
  { providerOrderId }: ReachableOrder,
  { paymentId }: PaymentNames,
  { payment_method }: PaymentReplacement,
) {
  return { order_id: providerOrderId, payment_id: paymentId, payment_method }
}

/** What replacing a payment would send. Sends and stores nothing. */
export async function previewReplacement(
  services: Services,
  call: Call,
  names: PaymentNames,
  body: PaymentReplacement,
): Promise<Answer> {
  const operation = 'payments.replace'
  const reachable = await reachOrder(services, call, names.orderId, operation)
  const { connection } = reachable
  const input = toInput(reachable, names, body)
  return respond(Preview, await previewStep(services, call, { connection, operation, input }))
}

/** Has a payment cancelled and another one made in its place: written down first, sent once. */
export function replaceOrderPayment(
  services: Services,
  call: Call,
  names: PaymentNames,
  body: PaymentReplacement,
): Promise<Answer> {
  const operation = 'payments.replace'
  const place = async (): Promise<PlacedDeed<typeof operation>> => {
    const reachable = await reachOrder(services, call, names.orderId, operation)
    return placedBelow(reachable, {
      operation,
      input: toInput(reachable, names, body),
      done: made => respond(OrderPayment, shownBelow(reachable.order, 'payment', made), { status: 201 }),
    })
  }
  const id = `${names.orderId}/${names.paymentId}`
  return performAt(services, call, place, { target: { kind: 'order_payment', id } })
}
