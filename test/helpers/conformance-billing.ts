import { z } from 'zod'
import { BillTotals, billStates } from '#contract/bills'
import { orderPropertyStatuses } from '#contract/order-properties'
import { paymentStatuses } from '#contract/order-payments'
import { payoutStatuses } from '#contract/payouts'
import { ServiceType } from '#contract/quotes'
import { Money } from '#contract/vocabulary'
import type { Inputs } from '#test/conformance-inputs'
import { fixture } from '#test/fixture'

const documented = (name: string) => [fixture('homebox', name)]

/** The documented uses of what lies below an order, but for its people. */
export function billingExamples(inputs: Inputs) {
  return {
    'orders.bills': [{ input: inputs['orders.bills'], answers: documented('bills.list.ok') }],
    'orders.property': [
      { input: inputs['orders.property'], answers: documented('order-properties.get.ok') },
    ],
    'orders.payouts': [{ input: inputs['orders.payouts'], answers: documented('payouts.list.ok') }],
    'orders.payments': [{ input: inputs['orders.payments'], answers: documented('payments.list.ok') }],
    'payments.replace': [{ input: inputs['payments.replace'], answers: documented('payments.replace.ok') }],
  }
}

const said = z.string().min(1).nullable()
/** RFC 3339 in UTC to the millisecond. */
const instant = z.iso.datetime({ precision: 3 }).nullable()

const id = z.string().min(1)
const date = z.iso.date().nullable()

const bill = z.object({
  id,
  type: ServiceType,
  name: said,
  supplier: said,
  state: z.enum(billStates),
  provider_state: said,
  set_up_on: date,
  installation_on: date,
  price_per_person_per_month: Money,
  logo_url: said,
})

const payout = z.object({
  id,
  status: z.enum(payoutStatuses),
  provider_status: said,
  bill: said,
  supplier: said,
  type: ServiceType,
  paid_at: instant,
  created_at: instant,
})

const orderProperty = z.object({
  occupants: z.int().min(0).nullable(),
  tenancy: z.object({ start_date: date, end_date: date }),
  move_in_date: date,
  status: z.enum(orderPropertyStatuses),
  provider_status: said,
  address: z.object({ line_1: said, line_2: said, city: said, county: said, postcode: said }).nullable(),
})

const payment = z.object({
  id,
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
  'orders.bills': BillTotals.omit({ adds_up: true }).extend({ bills: z.array(bill), next_payment_on: date }),
  'orders.property': orderProperty,
  'orders.payouts': z.array(payout),
  'orders.payments': z.array(payment),
  'payments.replace': payment,
}
