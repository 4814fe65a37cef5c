import { z } from 'zod'
import { Cart } from '#contract/carts'
import { PaymentRequest } from '#contract/payment-requests'
import { ChangedPayment, Refund } from '#contract/payment-writes'
import { Payment } from '#contract/payments'
import { fixture } from '#test/fixture'

const documented = (name: string) => fixture('mybeezbox', name)
const payment = '7a82448d-e8a3-4049-8e88-2c8186c3076f'
const partner_uuid = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'
const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
const customer = { first_name: 'Jane', last_name: 'Smith', email: 'jane.smith@example.com' }

/** What the samples of the document tell it. */
export const paymentWriteInputs = {
  'carts.create': { partner_uuid, data: { products: [{ id: 1, quantity: 2 }] } },
  'payments.create': {
    customer,
    partner_uuid,
    amount: eur(10_000),
    discount: eur(0),
    product: 'product_type',
    type: 'credit_card' as const,
    origin: 'marketplace1',
    payment_receipt_description: 'Payment created via API',
    freeze_payout_on: '2022-05-01',
    extra_source_wallet_uuid: '4a49db15-33ce-4e21-97b6-73776a0fbac4',
    extra_source_amount: eur(5_000),
  },
  'payments.update': { id: payment, changes: { freeze_payout_on: '2022-05-01' } },
  'payments.refund': {
    id: payment,
    amount: eur(1_000),
    split: { extra_source_amount: eur(400), additional_payin_amount: eur(600) },
    earlier: [],
  },
  'paymentRequests.create': {
    partner_uuid,
    amount: eur(10_000),
    customer,
    language: 'en' as const,
    reference: 'Reference #1',
    description: 'Bigger description of this payment request',
    origin: 'marketplace1',
    product: 'product_type',
  },
  'paymentRequests.list': { search: 'Reference #1' },
  'paymentRequests.get': { id: '1' },
  'paymentRequests.payments': { id: '1' },
}

/** The documented answer of each. */
export function paymentWriteExamples() {
  const inputs = paymentWriteInputs
  const request = documented('paymentRequests.get.ok')
  const example = <K extends keyof typeof inputs>(operation: K, answer: unknown) => [
    { input: inputs[operation], answers: [answer] },
  ]
  return {
    'carts.create': example('carts.create', documented('carts.create.ok')),
    'payments.create': example('payments.create', documented('payments.create.ok')),
    'payments.update': example('payments.update', documented('payments.update.ok')),
    'payments.refund': example('payments.refund', documented('payments.refund.ok')),
    'paymentRequests.create': example('paymentRequests.create', request),
    'paymentRequests.list': example('paymentRequests.list', [request]),
    'paymentRequests.get': example('paymentRequests.get', request),
    'paymentRequests.payments': example('paymentRequests.payments', [documented('payments.get.ok')]),
  }
}

const ours = { object: true, mode: true, provider: true } as const
const made = { ...ours, metadata: true } as const
const request = PaymentRequest.omit(made)

/** What the port promises is what the contract does, without what is ours. */
export const paymentWriteShapes = {
  'carts.create': Cart.omit(made),
  'payments.create': Payment.omit(made),
  'payments.update': ChangedPayment.omit(ours),
  'payments.refund': Refund.pick({ id: true, provider_state: true, message: true }),
  'paymentRequests.create': request,
  'paymentRequests.list': z.array(request),
  'paymentRequests.get': request,
  'paymentRequests.payments': z.array(Payment.omit(made)),
}
