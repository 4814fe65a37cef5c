import type { FastifyInstance } from 'fastify'
import { OrderPayment } from '#contract/order-payments'
import { ListQuery, listOf } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { FROM_PROVIDER, OrderParams, operationOf } from '#resources/orders/below-order'
import { listOrderPayments } from '#resources/orders/payments/list-order-payments'
import type { Services } from '#services'

const tag = 'Bills'
const OrderPayments = listOf(OrderPayment, 'A page of the payments of an order.')

export function orderPaymentRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/payments',
    operationId: 'listOrderPayments',
    tag,
    summary: 'List the payments of an order',
    description:
      'What is, or was to be, taken from its bill payers, each attempt by itself. Read at the provider, in its order.',
    takes: { params: OrderParams, query: ListQuery },
    answers: { 200: { description: 'A page of payments.', schema: OrderPayments } },
    problems: FROM_PROVIDER,
    operation: operationOf('orders.payments'),
    handle: async ({ params, query }, call) =>
      respond(OrderPayments, await listOrderPayments(services, call, params.order_id, query)),
  })
}
