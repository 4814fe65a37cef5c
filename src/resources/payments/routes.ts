import type { FastifyInstance } from 'fastify'
import { Payment, PaymentParams, PaymentQuery, PaymentTransaction } from '#contract/payments'
import { ListQuery, listOf } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { getPayment, listPayments, listTransactions } from '#resources/payments/read-payments'
import { FROM_MYBEEZBOX, operationOf } from '#resources/provider-objects/documented'
import type { Services } from '#services'

const tag = 'Payments'
const Payments = listOf(Payment, 'Payments.')
const Transactions = listOf(PaymentTransaction, 'Movements of money of a payment.')

export function paymentRoutes(app: FastifyInstance, services: Services): void {
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
