import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { idOf, listOf, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { Order, OrderQuery, OrderRequest, OrderRetry } from '#contract/orders'
import type { ProblemCode } from '#contract/problems'
import { Preview } from '#contract/providers'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { supporting } from '#providers/registry'
import { createOrder } from '#resources/orders/create-order'
import { previewOrder } from '#resources/orders/preview-order'
import { getOrder, listOrders } from '#resources/orders/read-orders'
import { retryOrder } from '#resources/orders/retry-order'
import type { Services } from '#services'

const tag = 'Orders'
const Orders = listOf(Order, 'Orders, newest first.')
const OrderId = z.strictObject({ order_id: idOf('order') })
const OrderGetQuery = SingleQuery.extend({
  refresh: z
    .enum(['true', 'false'])
    .exactOptional()
    .meta({ description: '`true` reads the order at its provider first.' }),
})
const FROM_PROVIDER: readonly ProblemCode[] = [
  'provider_auth_failed',
  'provider_error',
  'provider_not_connected',
  'provider_rejected',
  'provider_timeout',
  'provider_unavailable',
]
const WITH_KEY: readonly ProblemCode[] = ['idempotency_conflict', 'idempotency_mismatch']

export function orderRoutes(app: FastifyInstance, services: Services): void {
  const operation = { name: 'orders.create', supportedBy: supporting('orders.create') }

  endpoint(app, {
    method: 'POST',
    path: '/v1/orders',
    operationId: 'createOrder',
    tag,
    summary: 'Order a bills package',
    description:
      'From an offer, or by naming provider and product. Written down before anything is sent; then the order is made and each tenant added (with bank account) or invited by SMS. A step that is refused leaves the earlier ones in place: `action_required`. An answer that was lost is `unknown` (202) and never sent again. Send an `Idempotency-Key`.',
    takes: { body: OrderRequest, query: PreviewQuery },
    answers: {
      200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
      201: { description: 'The order.', schema: Order },
      202: { description: 'The order, whose outcome at the provider is not known yet.', schema: Order },
    },
    problems: [
      ...FROM_PROVIDER,
      ...WITH_KEY,
      'capability_not_supported',
      'state_conflict',
      'address_ambiguous',
    ],
    operation,
    handle: async ({ body, query }, call) =>
      query.preview === 'true'
        ? respond(Preview, await previewOrder(services, call, body))
        : createOrder(services, call, body),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/orders',
    operationId: 'listOrders',
    tag,
    summary: 'List orders',
    description: 'Your orders, newest first.',
    takes: { query: OrderQuery },
    answers: { 200: { description: 'A page of orders.', schema: Orders } },
    problems: [],
    handle: async ({ query }, call) => respond(Orders, await listOrders(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}',
    operationId: 'getOrder',
    tag,
    summary: 'Get an order',
    description: 'One order with its tenants and steps. `refresh=true` reads it at its provider first.',
    takes: { params: OrderId, query: OrderGetQuery },
    answers: { 200: { description: 'The order.', schema: Order } },
    problems: FROM_PROVIDER,
    operation: {
      name: 'orders.get',
      supportedBy: supporting('orders.get'),
      also: ['orders.find', 'orders.scan'],
    },
    handle: async ({ params, query }, call) => {
      const wishes = {
        refresh: query.refresh === 'true',
        withProviderData: query.include === 'provider_data',
      }
      return respond(Order, await getOrder(services, call, params.order_id, wishes))
    },
  })

  endpoint(app, {
    method: 'POST',
    path: '/v1/orders/{order_id}/retry',
    operationId: 'retryOrder',
    tag,
    summary: 'Go on with an order',
    description:
      'Sends again the step that was not sent, or the one that was refused with a correction, and goes on from there. A skipped step is left out for good. Bank details are never kept for long: send the tenant again when they are asked for.',
    takes: { params: OrderId, body: OrderRetry.nullish() },
    answers: {
      200: { description: 'The order.', schema: Order },
      202: { description: 'The order, whose outcome at the provider is not known yet.', schema: Order },
    },
    problems: [...WITH_KEY, 'state_conflict'],
    operation,
    handle: ({ params, body }, call) => retryOrder(services, call, params.order_id, body ?? null),
  })
}
