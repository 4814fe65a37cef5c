import type { FastifyInstance } from 'fastify'
import { ListQuery, listOf, NoBody } from '#contract/vocabulary'
import { Webhook, WebhookChanges, WebhookRequest, WebhookParams } from '#contract/webhooks'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { createWebhook } from '#resources/webhooks/create-webhook'
import { deleteWebhook } from '#resources/webhooks/delete-webhook'
import { deliveryRoutes } from '#resources/webhooks/deliveries/routes'
import { getWebhook, listWebhooks } from '#resources/webhooks/read-webhooks'
import { rotateSecret } from '#resources/webhooks/rotate-secret'
import { updateWebhook } from '#resources/webhooks/update-webhook'
import type { Services } from '#services'

const tag = 'Webhooks'
const WITH_KEY = ['state_conflict', 'idempotency_conflict', 'idempotency_mismatch'] as const
const Webhooks = listOf(Webhook, 'Webhooks, newest first.')
const one = { 200: { description: 'The webhook.', schema: Webhook } }

export function webhookRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/webhooks',
    operationId: 'createWebhook',
    tag,
    summary: 'Create a webhook',
    description:
      'Events from now on are sent there, signed as Standard Webhooks. The answer is the only one that shows the secret, and repeating the request with its `Idempotency-Key` shows it again. An account has at most 50.',
    takes: { body: WebhookRequest },
    answers: { 201: { description: 'The webhook with its secret.', schema: Webhook } },
    problems: WITH_KEY,
    handle: ({ body }, call) => createWebhook(services, call, body),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/webhooks',
    operationId: 'listWebhooks',
    tag,
    summary: 'List webhooks',
    description: 'Newest first, disabled ones included.',
    takes: { query: ListQuery },
    answers: { 200: { description: 'A page of webhooks.', schema: Webhooks } },
    problems: [],
    handle: async ({ query }, call) => respond(Webhooks, await listWebhooks(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/webhooks/{webhook_id}',
    operationId: 'getWebhook',
    tag,
    summary: 'Get a webhook',
    description: 'Without its secret.',
    takes: { params: WebhookParams },
    answers: one,
    problems: [],
    handle: async ({ params }, call) => respond(Webhook, await getWebhook(services, call, params.webhook_id)),
  })

  endpoint(app, {
    method: 'PATCH',
    path: '/v1/webhooks/{webhook_id}',
    operationId: 'updateWebhook',
    tag,
    summary: 'Change a webhook',
    description:
      'Another address or other events hold for what is attempted from now on. Disabling ends what is on its way (`dead`); events that happen meanwhile are not kept for it.',
    takes: { params: WebhookParams, body: WebhookChanges },
    answers: one,
    problems: [],
    handle: async ({ params, body }, call) =>
      respond(Webhook, await updateWebhook(services, call, params.webhook_id, body)),
  })

  endpoint(app, {
    method: 'DELETE',
    path: '/v1/webhooks/{webhook_id}',
    operationId: 'deleteWebhook',
    tag,
    summary: 'Delete a webhook',
    description: 'Nothing more is sent there; its deliveries cannot be read any more.',
    takes: { params: WebhookParams },
    answers: { 204: { description: 'Deleted.' } },
    problems: [],
    handle: ({ params }, call) => deleteWebhook(services, call, params.webhook_id),
  })

  endpoint(app, {
    method: 'POST',
    path: '/v1/webhooks/{webhook_id}/rotate-secret',
    operationId: 'rotateSecret',
    tag,
    summary: 'Make a new secret',
    description:
      'The answer shows it. For 24 hours deliveries are signed with the old one as well; rotating again within that time ends the oldest at once.',
    takes: { params: WebhookParams, body: NoBody },
    answers: { 200: { description: 'The webhook with its new secret.', schema: Webhook } },
    problems: WITH_KEY,
    handle: ({ params }, call) => rotateSecret(services, call, params.webhook_id),
  })

  deliveryRoutes(app, services)
}
