import type { FastifyInstance } from 'fastify'
import { listOf, NoBody } from '#contract/vocabulary'
import { Delivery, DeliveryParams, DeliveryQuery, WebhookParams } from '#contract/webhooks'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { getDelivery, listDeliveries } from '#resources/webhooks/deliveries/read-deliveries'
import { redeliver } from '#resources/webhooks/deliveries/redeliver'
import { testWebhook } from '#resources/webhooks/deliveries/test-webhook'
import type { Services } from '#services'

const tag = 'Webhooks'
const WITH_KEY = ['state_conflict', 'idempotency_conflict', 'idempotency_mismatch'] as const
const Deliveries = listOf(Delivery, 'Deliveries, newest first.')

export function deliveryRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/webhooks/{webhook_id}/test',
    operationId: 'testWebhook',
    tag,
    summary: 'Send a test event',
    description:
      'A `webhook.test` event for this webhook alone, whatever it listens to, sent at once. Read the delivery to see what came of it.',
    takes: { params: WebhookParams, body: NoBody },
    answers: { 201: { description: 'The delivery.', schema: Delivery } },
    problems: WITH_KEY,
    handle: ({ params }, call) => testWebhook(services, call, params.webhook_id),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/webhooks/{webhook_id}/deliveries',
    operationId: 'listDeliveries',
    tag,
    summary: 'List deliveries',
    description:
      'Newest first, each with its attempts, for 30 days. `state=dead` lists what was given up and can be sent again.',
    takes: { params: WebhookParams, query: DeliveryQuery },
    answers: { 200: { description: 'A page of deliveries.', schema: Deliveries } },
    problems: [],
    handle: async ({ params, query }, call) =>
      respond(Deliveries, await listDeliveries(services, call, params.webhook_id, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/webhooks/{webhook_id}/deliveries/{delivery_id}',
    operationId: 'getDelivery',
    tag,
    summary: 'Get a delivery',
    description: 'With its attempts.',
    takes: { params: DeliveryParams },
    answers: { 200: { description: 'The delivery.', schema: Delivery } },
    problems: [],
    handle: async ({ params: { webhook_id: webhookId, delivery_id: deliveryId } }, call) =>
      respond(Delivery, await getDelivery(services, call, { webhookId, deliveryId })),
  })

  endpoint(app, {
    method: 'POST',
    path: '/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver',
    operationId: 'redeliver',
    tag,
    summary: 'Send an event again',
    description:
      'What was delivered or given up is sent at once and, when it fails, by the same schedule again, with the `webhook-id` that it had.',
    takes: { params: DeliveryParams, body: NoBody },
    answers: { 200: { description: 'The delivery, on its way again.', schema: Delivery } },
    problems: WITH_KEY,
    handle: ({ params: { webhook_id: webhookId, delivery_id: deliveryId } }, call) =>
      redeliver(services, call, { webhookId, deliveryId }),
  })
}
