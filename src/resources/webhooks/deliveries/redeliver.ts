import { Delivery } from '#contract/webhooks'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import { getEnabledWebhook } from '#resources/webhooks/deliveries/enabled-webhook'
import { type DeliveryNames, getDelivery } from '#resources/webhooks/deliveries/read-deliveries'
import { deliverAgain } from '#resources/webhooks/deliveries/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/**
 * Sends an event again that was delivered or given up, from the start of the schedule. Throws `not_found`, and
 * `state_conflict` while it is on its way anyway or the webhook is disabled.
 */
export function redeliver(services: Services, call: Call, names: DeliveryNames): Promise<Answer> {
  const { database, idempotency } = services
  return idempotency.once(call, async () => {
    await getEnabledWebhook(services, call, names.webhookId)
    await getDelivery(services, call, names)
    const uuids = [uuidOf('webhook', names.webhookId), uuidOf('delivery', names.deliveryId)] as const
    return claim =>
      database.transaction(async tx => {
        const again = await deliverAgain(tx, call.caller, ...uuids, services.now())
        if (!again) throw new ProblemError('state_conflict', 'This delivery is still on its way.')
        const answer = respond(Delivery, again)
        claim.settle(tx, answer)
        return answer
      })
  })
}
