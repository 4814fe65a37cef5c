import { z } from 'zod'
import { Invoice } from '#contract/invoices'
import { Payment, PaymentTransaction } from '#contract/payments'
import { PayoutRequest } from '#contract/payout-requests'
import { AFile } from '#test/conformance-runtime'
import { fixture } from '#test/fixture'

const payment = '7a82448d-e8a3-4049-8e88-2c8186c3076f'
const invoice = '5f7a3c1e-8d2b-4a6f-9c0e-1b2d3f4a5c6d'

export const paymentHubInputs = {
  'payments.list': {},
  'payments.get': { id: payment },
  'payments.transactions': { id: payment },
  'payoutRequests.list': {},
  'payoutRequests.get': { id: '1' },
  'payoutRequests.payments': { id: '1' },
  'payoutRequests.validate': { id: '2' },
  'payoutRequests.cancel': { id: '3' },
  'payoutRequests.pdf': { id: '1' },
  'payoutRequests.xls': { id: '1' },
  'invoices.list': {},
  'invoices.get': { id: invoice },
  'invoices.payments': { id: invoice },
}

/** The documented answer of each. Of payout requests, invoices and transactions the document shows no field. */
export function paymentHubExamples() {
  const inputs = paymentHubInputs
  const one = fixture('mybeezbox', 'payments.get.ok')
  return {
    'payments.list': [{ input: inputs['payments.list'], answers: [[one]] }],
    'payments.get': [{ input: inputs['payments.get'], answers: [one] }],
    'payments.transactions': [{ input: inputs['payments.transactions'], answers: [[{}]] }],
    'payoutRequests.list': [{ input: inputs['payoutRequests.list'], answers: [[]] }],
    'payoutRequests.get': [{ input: inputs['payoutRequests.get'], answers: [{ id: 1 }] }],
    'payoutRequests.payments': [{ input: inputs['payoutRequests.payments'], answers: [[one]] }],
    'payoutRequests.validate': [{ input: inputs['payoutRequests.validate'], answers: [[]] }],
    'payoutRequests.cancel': [{ input: inputs['payoutRequests.cancel'], answers: [[]] }],
    'payoutRequests.pdf': [{ input: inputs['payoutRequests.pdf'], answers: ['%PDF-1.7'] }],
    'payoutRequests.xls': [{ input: inputs['payoutRequests.xls'], answers: ['file'] }],
    'invoices.list': [{ input: inputs['invoices.list'], answers: [[]] }],
    'invoices.get': [{ input: inputs['invoices.get'], answers: [{ id: invoice }] }],
    'invoices.payments': [{ input: inputs['invoices.payments'], answers: [[one]] }],
  }
}

const ours = { object: true, mode: true, provider: true } as const
const shape = Payment.omit({ ...ours, metadata: true })
const request = PayoutRequest.omit(ours)
const bill = Invoice.omit(ours)
const done = z.object({ id: z.string() })
/** What the port promises is what the contract does, without what is ours. */
export const paymentHubShapes = {
  'payments.list': shape.array(),
  'payments.get': shape,
  'payments.transactions': PaymentTransaction.omit(ours).array(),
  'payoutRequests.list': request.array(),
  'payoutRequests.get': request,
  'payoutRequests.payments': shape.array(),
  'payoutRequests.validate': done,
  'payoutRequests.cancel': done,
  'payoutRequests.pdf': AFile,
  'payoutRequests.xls': AFile,
  'invoices.list': bill.array(),
  'invoices.get': bill,
  'invoices.payments': shape.array(),
}
