import { z } from 'zod'
import { paymentStatuses } from '#contract/payments'
import { Money } from '#contract/vocabulary'
import type { Inputs } from '#test/conformance-inputs'
import { fixture } from '#test/fixture'

const documented = (name: string) => [fixture('homebox', name)]

/** The documented uses of what lies below an order, but for its people. */
export function billingExamples(inputs: Inputs) {
  return {
    'bills.list': [{ input: inputs['bills.list'], answers: documented('bills.list.ok') }],
    'order_properties.get': [
      { input: inputs['order_properties.get'], answers: documented('order-properties.get.ok') },
    ],
    'payouts.list': [{ input: inputs['payouts.list'], answers: documented('payouts.list.ok') }],
    'orders.payments': [{ input: inputs['orders.payments'], answers: documented('payments.list.ok') }],
    'payments.replace': [{ input: inputs['payments.replace'], answers: documented('payments.replace.ok') }],
  }
}

const said = z.string().min(1).nullable()
/** RFC 3339 in UTC to the millisecond. */
const instant = z.iso.datetime({ precision: 3 }).nullable()

const payment = z.object({
  id: z.string().min(1),
  amount: Money,
  status: z.enum(paymentStatuses),
  provider_status: said,
  method: z.enum(['direct_debit', 'bank_transfer', 'other']).nullable(),
  attempt: z.int().nullable(),
  previous_attempt_id: said,
  next_attempt_id: said,
  payer: z.object({ first_name: said, last_name: said, email: said }),
  paid_at: instant,
  created_at: instant,
})

/** What the port says that those operations give. */
export const billingShapes = {
  'bills.list': BillTotals.omit({ adds_up: true }).extend({ bills: z.array(bill), next_payment_on: date }),
  'order_properties.get': orderProperty,
  'payouts.list': z.array(payout),
  'orders.payments': z.array(payment),
  'payments.replace': payment,
}
