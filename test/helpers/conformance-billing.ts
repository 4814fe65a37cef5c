import { z } from 'zod'
import { BillTotals, billStates } from '#contract/bills'
import { meterTypes, readingStates } from '#contract/meter-readings'
import { orderPropertyStatuses } from '#contract/order-properties'
import { paymentStatuses } from '#contract/order-payments'
import { payoutStatuses } from '#contract/payouts'
import { postalBillStates } from '#contract/postal-bills'
import { ServiceType } from '#contract/quotes'
import { Money } from '#contract/vocabulary'
import type { Inputs } from '#test/conformance-inputs'
import { fixture } from '#test/fixture'

const documented = (name: string) => [fixture('homebox', name)]

/** The documented uses of what lies below an order, but for its people. */
export function billingExamples(inputs: Inputs) {
  const told = 'for a property'
  const property = { at: inputs['properties.get'] }
  return {
    'meter_readings.create': [
      { input: inputs['meter_readings.create'], answers: documented('meter-readings.create.order') },
      {
        told,
        input: { ...inputs['meter_readings.create'], ...property },
        answers: documented('meter-readings.create.property'),
      },
    ],
    'meter_readings.list': [
      { input: inputs['meter_readings.list'], answers: documented('meter-readings.list.ok') },
      {
        told,
        input: { ...inputs['meter_readings.list'], ...property },
        answers: documented('meter-readings.list.ok'),
      },
    ],
    'postal_bills.create': [
      { input: inputs['postal_bills.create'], answers: documented('postal-bills.create.ok') },
    ],
    'postal_bills.list': [
      { input: inputs['postal_bills.list'], answers: documented('postal-bills.list.ok') },
    ],
    'orders.bills': [{ input: inputs['orders.bills'], answers: documented('bills.list.ok') }],
    'orders.property': [{ input: inputs['orders.property'], answers: documented('order-properties.get.ok') }],
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
const count = z.int().min(0).nullable()

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

const reading = z.object({
  id,
  type: z.enum(meterTypes),
  provider_type: said,
  reading: count,
  reading_2: count,
  read_on: date,
  state: z.enum(readingStates),
  provider_state: said,
  image_url: said,
  supplier: said,
})

const postalBill = z.object({
  id,
  name: said,
  url: said,
  notes: said,
  feedback: said,
  state: z.enum(postalBillStates),
  provider_state: said,
  type: ServiceType.nullable(),
  created_on: date,
})

function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), pages: count, total: count })
}

/** What the port says that those operations give. */
export const billingShapes = {
  'meter_readings.create': reading,
  'meter_readings.list': pageOf(reading),
  'postal_bills.create': postalBill,
  'postal_bills.list': pageOf(postalBill),
  'orders.bills': BillTotals.omit({ adds_up: true }).extend({ bills: z.array(bill), next_payment_on: date }),
  'orders.property': orderProperty,
  'orders.payouts': z.array(payout),
  'orders.payments': z.array(payment),
  'payments.replace': payment,
}
