import type { FastifyInstance } from 'fastify'
import {
  ChangedPayment,
  PaymentChanges,
  PaymentCreation,
  Refund,
  RefundRequest,
} from '#contract/payment-writes'
import { Payment, PaymentParams, PaymentQuery, PaymentTransaction } from '#contract/payments'
import { ListQuery, listOf, PreviewQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { createPayment } from '#resources/payments/create-payment'
import { getPayment, listPayments, listTransactions } from '#resources/payments/read-payments'
import { refundPayment } from '#resources/payments/refund-payment'
import { updatePayment } from '#resources/payments/update-payment'
import {
  changed,
  FROM_MYBEEZBOX,
  ONCE,
  ONCE_ANSWERS,
  ONE_AT_A_TIME,
  operationOf,
} from '#resources/provider-objects/documented'
import type { Services } from '#services'

const tag = 'Payments'
const Payments = listOf(Payment, 'Payments.')
const Transactions = listOf(PaymentTransaction, 'Movements of money of a payment.')

function readRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/payments',
    operationId: 'listPayments',
    tag,
    summary: 'List payments',
    description: 'Read at MyBeezBox, in its order. Of several filters all must be true.',
    takes: { query: PaymentQuery },
    answers: { 200: { description: 'A page of payments.', schema: Payments } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('payments.list'),
    handle: async ({ query }, call) => respond(Payments, await listPayments(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/payments/{id}',
    operationId: 'getPayment',
    tag,
    summary: 'Get a payment',
    description: 'Read at MyBeezBox.',
    takes: { params: PaymentParams },
    answers: { 200: { description: 'The payment.', schema: Payment } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('payments.get'),
    handle: async ({ params }, call) => respond(Payment, await getPayment(services, call, params.id)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/payments/{id}/transactions',
    operationId: 'listPaymentTransactions',
    tag,
    summary: 'List the transactions of a payment',
    description: 'Read at MyBeezBox, in its order. A refund is a transaction.',
    takes: { params: PaymentParams, query: ListQuery },
    answers: { 200: { description: 'A page of transactions.', schema: Transactions } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('payments.transactions'),
    handle: async ({ params, query }, call) =>
      respond(Transactions, await listTransactions(services, call, params.id, query)),
  })
}

function writeRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/payments',
    operationId: 'createPayment',
    tag,
    summary: 'Create a payment',
    description: 'Made at MyBeezBox once per key.',
    takes: { body: PaymentCreation, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The payment.', schema: Payment } },
    problems: ONCE,
    operation: operationOf('payments.create'),
    handle: ({ body, query }, call) => createPayment(services, call, body, query),
  })

  endpoint(app, {
    method: 'PATCH',
    path: '/v1/payments/{id}',
    operationId: 'updatePayment',
    tag,
    summary: 'Say which payout a payment goes into',
    description: 'The one thing of a payment that can be changed. Doing so again changes nothing.',
    takes: { params: PaymentParams, body: PaymentChanges, query: PreviewQuery },
    answers: { 200: changed(ChangedPayment, 'What MyBeezBox has noted.') },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('payments.update'),
    handle: ({ params: { id }, body: changes, query }, call) =>
      updatePayment(services, call, { id, changes, query }),
  })

  endpoint(app, {
    method: 'POST',
    path: '/v1/payments/{id}/refunds',
    operationId: 'refundPayment',
    tag,
    summary: 'Refund a payment, or a part of it',
    description:
      'Refused before it is sent when it is more than what is left of the payment, which is read first, and while an earlier refund of it is not settled. Sent once per `Idempotency-Key`, never twice.',
    takes: { params: PaymentParams, body: RefundRequest, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'What was given back.', schema: Refund } },
    problems: ONE_AT_A_TIME,
    operation: operationOf('payments.refund', 'payments.get', 'payments.transactions'),
    handle: ({ params: { id }, body, query }, call) => refundPayment(services, call, { id, body, query }),
  })
}

export function paymentRoutes(app: FastifyInstance, services: Services): void {
  readRoutes(app, services)
  writeRoutes(app, services)
}
