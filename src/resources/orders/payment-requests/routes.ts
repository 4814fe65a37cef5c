import type { FastifyInstance } from 'fastify'
import { OrderPaymentRequest, PaymentRequest } from '#contract/payment-requests'
import { PreviewQuery } from '#contract/vocabulary'
import { endpoint } from '#http/endpoint'
import { OrderParams } from '#resources/orders/below-order'
import { requestOrderPayment } from '#resources/orders/payment-requests/request-order-payment'
import { ONCE, ONCE_ANSWERS, operationOf } from '#resources/provider-objects/documented'
import type { Services } from '#services'

export function orderPaymentRequestRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/orders/{order_id}/payment-requests',
    operationId: 'requestOrderPayment',
    tag: 'Payments',
    summary: 'Ask somebody of an order for a payment',
    description:
      'Made at MyBeezBox once per key, under the id of the order, which stands in its `metadata` too. What is left out comes from the order and the connection. An order in another currency than the connection settles in (its setting `currency`, euros when not set) needs an `amount`.',
    takes: { params: OrderParams, body: OrderPaymentRequest, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The payment request.', schema: PaymentRequest } },
    problems: [...ONCE, 'currency_mismatch'],
    operation: operationOf('paymentRequests.create'),
    handle: ({ params: { order_id: orderId }, body, query }, call) =>
      requestOrderPayment(services, call, { orderId, body, query }),
  })
}
