import { Delivery } from '#contract/webhooks'
import { appendEventFor } from '#events/append-event'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import { getEnabledWebhook } from '#resources/webhooks/deliveries/enabled-webhook'
import { findDeliveryOf } from '#resources/webhooks/deliveries/store'
import { lockWebhook } from '#resources/webhooks/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Sends a `webhook.test` event to this webhook and no other. Throws `not_found` and `state_conflict`. */
export function testWebhook(services: Services, call: Call, id: string): Promise<Answer> {
  const uuid = uuidOf('webhook', id)
  const { database, idempotency } = services
  return idempotency.once(call, async () => {
    await getEnabledWebhook(services, call, id)
    return claim =>
      database.transaction(async tx => {
        const { accountId, mode } = call.caller
        // The events of one webhook are numbered.
        await lockWebhook(tx, call.caller, uuid, services.now())
        const resource = { prefix: 'webhook' as const, uuid }
        const event = {
          accountId,
          mode,
          type: 'webhook.test' as const,
          resource,
          data: { id },
          at: services.now(),
        }
        const eventUuid = appendEventFor(tx, uuid, event)
        const delivery = await findDeliveryOf(tx, call.caller, uuid, eventUuid)
        // Deleted or disabled since it was looked at.
        if (!delivery) throw notFound('webhook')
        const headers = { location: `/v1/webhooks/${id}/deliveries/${delivery.id}` }
        const answer = respond(Delivery, delivery, { status: 201, headers })
        claim.settle(tx, answer)
        return answer
      })
  })
}
