import type { FastifyInstance } from 'fastify'
import {
  PaymentRequest,
  PaymentRequestCreation,
  PaymentRequestParams,
  PaymentRequestQuery,
} from '#contract/payment-requests'
import { Payment } from '#contract/payments'
import { ListQuery, listOf, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { createPaymentRequest } from '#resources/payment-requests/create-payment-request'
import {
  getPaymentRequest,
  listPaymentRequests,
  listRequestPayments,
} from '#resources/payment-requests/read-payment-requests'
import { FROM_MYBEEZBOX, ONCE, ONCE_ANSWERS, operationOf } from '#resources/provider-objects/documented'
import type { Services } from '#services'

const tag = 'Payments'
const path = '/v1/payment-requests'
const PaymentRequests = listOf(PaymentRequest, 'Payment requests.')
const PaymentsOfOne = listOf(Payment, 'Payments of a payment request.')

export function paymentRequestRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path,
    operationId: 'createPaymentRequest',
    tag,
    summary: 'Ask a customer for a payment',
    description: 'Made at MyBeezBox once per key.',
    takes: { body: PaymentRequestCreation, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The payment request.', schema: PaymentRequest } },
    problems: ONCE,
    operation: operationOf('paymentRequests.create'),
    handle: ({ body, query }, call) => createPaymentRequest(services, call, body, query),
  })

  endpoint(app, {
    method: 'GET',
    path,
    operationId: 'listPaymentRequests',
    tag,
    summary: 'List payment requests',
    description: 'Read at MyBeezBox, in its order.',
    takes: { query: PaymentRequestQuery },
    answers: { 200: { description: 'A page of payment requests.', schema: PaymentRequests } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('paymentRequests.list'),
    handle: async ({ query }, call) =>
      respond(PaymentRequests, await listPaymentRequests(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: `${path}/{id}`,
    operationId: 'getPaymentRequest',
    tag,
    summary: 'Get a payment request',
    description: 'Read at MyBeezBox.',
    takes: { params: PaymentRequestParams, query: SingleQuery },
    answers: { 200: { description: 'The payment request.', schema: PaymentRequest } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('paymentRequests.get'),
    handle: async ({ params, query }, call) =>
      respond(PaymentRequest, await getPaymentRequest(services, call, params.id, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: `${path}/{id}/payments`,
    operationId: 'listPaymentRequestPayments',
    tag,
    summary: 'List the payments of a payment request',
    description: 'Read at MyBeezBox, in its order.',
    takes: { params: PaymentRequestParams, query: ListQuery },
    answers: { 200: { description: 'A page of payments.', schema: PaymentsOfOne } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('paymentRequests.payments'),
    handle: async ({ params, query }, call) =>
      respond(PaymentsOfOne, await listRequestPayments(services, call, params.id, query)),
  })
}
