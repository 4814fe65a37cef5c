import type { FastifyInstance } from 'fastify'
import { Invoice, InvoiceParams, InvoiceQuery } from '#contract/invoices'
import { Payment } from '#contract/payments'
import { ListQuery, listOf } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { getInvoice, listInvoicePayments, listInvoices } from '#resources/invoices/read-invoices'
import { FROM_MYBEEZBOX, operationOf } from '#resources/provider-objects/documented'
import type { Services } from '#services'

const tag = 'Payouts and invoices'
const Invoices = listOf(Invoice, 'Invoices.')
const PaymentsOfOne = listOf(Payment, 'Payments of an invoice.')

export function invoiceRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/invoices',
    operationId: 'listInvoices',
    tag,
    summary: 'List invoices',
    description: 'Read at MyBeezBox, in its order. Of several filters all must be true.',
    takes: { query: InvoiceQuery },
    answers: { 200: { description: 'A page of invoices.', schema: Invoices } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('invoices.list'),
    handle: async ({ query }, call) => respond(Invoices, await listInvoices(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/invoices/{id}',
    operationId: 'getInvoice',
    tag,
    summary: 'Get an invoice',
    description: 'Read at MyBeezBox.',
    takes: { params: InvoiceParams },
    answers: { 200: { description: 'The invoice.', schema: Invoice } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('invoices.get'),
    handle: async ({ params }, call) => respond(Invoice, await getInvoice(services, call, params.id)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/invoices/{id}/payments',
    operationId: 'listInvoicePayments',
    tag,
    summary: 'List the payments of an invoice',
    description: 'Read at MyBeezBox, in its order.',
    takes: { params: InvoiceParams, query: ListQuery },
    answers: { 200: { description: 'A page of payments.', schema: PaymentsOfOne } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('invoices.payments'),
    handle: async ({ params, query }, call) =>
      respond(PaymentsOfOne, await listInvoicePayments(services, call, params.id, query)),
  })
}
