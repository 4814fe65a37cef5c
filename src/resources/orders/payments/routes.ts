import type { FastifyInstance } from 'fastify'
import { OrderPayment, PaymentReplacement } from '#contract/order-payments'
import { Preview } from '#contract/providers'
import { ProviderObjectParams } from '#contract/provider-objects'
import { ListQuery, listOf, PreviewQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { FROM_PROVIDER, NOT_KNOWN, OrderParams, WITH_KEY } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { listOrderPayments } from '#resources/orders/payments/list-order-payments'
import { previewReplacement, replaceOrderPayment } from '#resources/orders/payments/replace-order-payment'
import type { Services } from '#services'

const tag = 'Bills'
const PaymentParams = OrderParams.extend({ payment_id: ProviderObjectParams.shape.id })
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

  endpoint(app, {
    method: 'POST',
    path: '/v1/orders/{order_id}/payments/{payment_id}/replace',
    operationId: 'replaceOrderPayment',
    tag,
    summary: 'Replace a payment',
    description:
      'The provider cancels the payment and makes another one in its place, to be paid in another way: that one is the answer. Send an `Idempotency-Key`.',
    takes: { params: PaymentParams, body: PaymentReplacement, query: PreviewQuery },
    answers: {
      200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
      201: { description: 'The payment that was made.', schema: OrderPayment },
      202: NOT_KNOWN,
    },
    problems: [...FROM_PROVIDER, ...WITH_KEY],
    operation: operationOf('payments.replace'),
    handle: ({ params: { order_id: orderId, payment_id: paymentId }, body, query }, call) => {
      const names = { orderId, paymentId }
      return query.preview === 'true'
        ? previewReplacement(services, call, names, body)
        : replaceOrderPayment(services, call, names, body)
    },
  })
}
