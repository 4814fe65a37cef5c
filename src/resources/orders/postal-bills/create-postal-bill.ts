import { PostalBill, type PostalBillRequest } from '#contract/postal-bills'
import { Preview } from '#contract/providers'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { previewStep } from '#journal/preview-step'
import { type ReachableOrder, reachOrder } from '#resources/orders/find-order'
import { placedBelow, shownBelow } from '#resources/orders/read-below'
import { performAt } from '#resources/provider-objects/perform-at'
import type { Services } from '#services'

const operation = 'postal_bills.create'

function toDraft({ providerOrderId }: ReachableOrder, { notes = null, file }: PostalBillRequest) {
  return { order_id: providerOrderId, notes, file }
}

/** What passing on a bill would send. Sends and stores nothing. */
export async function previewPostalBill(
  services: Services,
  call: Call,
  orderId: string,
  bill: PostalBillRequest,
): Promise<Answer> {
  const reachable = await reachOrder(services, call, orderId, operation)
  const { connection } = reachable
  const input = toDraft(reachable, bill)
  return respond(Preview, await previewStep(services, call, { connection, operation, input }))
}

/** Passes on a bill that came by post: written down first, but for the file itself, and sent once. */
export function createPostalBill(
  services: Services,
  call: Call,
  orderId: string,
  bill: PostalBillRequest,
): Promise<Answer> {
  return performAt(services, call, async () => {
    const reachable = await reachOrder(services, call, orderId, operation)
    return placedBelow(reachable, {
      operation,
      input: toDraft(reachable, bill),
      done: made => respond(PostalBill, shownBelow(reachable.order, 'postal_bill', made), { status: 201 }),
    })
  })
}
