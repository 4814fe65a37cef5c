import { z } from 'zod'
import type { PaymentStatus } from '#contract/order-payments'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { HomeboxTimestamp } from '#providers/homebox/dates'
import { dataList, dataObject, HomeboxId, Pounds } from '#providers/homebox/dialect'
import { PaymentMethodWord } from '#providers/homebox/outgoing'
import type { Implements } from '#providers/port/index'
import type { ProviderPayment } from '#providers/port/payments'
import { sendable } from '#providers/port/sendable'

const Payer = z.object({ first_name: OptionalText, last_name: OptionalText, email: OptionalText })
const Payment = z.object({
  id: HomeboxId,
  amount: Pounds,
  status: OptionalText,
  payment_method: OptionalText,
  attempt: orNull(z.int()),
  previous_attempt_id: orNull(HomeboxId),
  next_attempt_id: orNull(HomeboxId),
  user: orNull(Payer),
  paid_at: orNull(HomeboxTimestamp),
  created_at: orNull(HomeboxTimestamp),
})
const PaymentAnswer = z.object({ data: dataObject(Payment) })
const PaymentsAnswer = z.object({ data: dataList(z.array(Payment)) })

const PAYMENTS = '/api/partner/order/{order_id}/payments'

/** Chapters "List Payments", which knows no pages, and "Replace Payment". */
export const homeboxPayments = {
  'orders.payments': async (client, { order_id }) => {
    const { data } = await client.get({ path: PAYMENTS, params: { order_id } }, PaymentsAnswer)
    return data.map(fromHomeboxPayment)
  },
  'payments.replace': async (client, { payment_method, ...params }) => {
    const body = sendable('homebox', 'payments.replace', ReplacementBody, { payment_method })
    const { data } = await client.post(
      { path: `${PAYMENTS}/{payment_id}/replace`, params },
      body,
      PaymentAnswer,
    )
    return fromHomeboxPayment(data)
  },
} satisfies Implements<HomeboxClient>

const ReplacementBody = z.object({ payment_method: PaymentMethodWord })

/** The samples show `pending` and `success`; "Metrics" speaks of failed payments, "Replace Payment" of cancelled ones. */
const STATUSES: ReadonlyMap<string, PaymentStatus> = new Map([
  ['pending', 'pending'],
  ['success', 'succeeded'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
])
const METHODS: ReadonlyMap<string, ProviderPayment['method']> = new Map([
  ['direct-debit', 'direct_debit'],
  ['bank-transfer', 'bank_transfer'],
])

function fromHomeboxPayment(payment: z.output<typeof Payment>): ProviderPayment {
  const { status, payment_method, user, ...rest } = payment
  return {
    ...rest,
    status: STATUSES.get(status ?? '') ?? 'other',
    provider_status: status,
    method: payment_method === null ? null : (METHODS.get(payment_method) ?? 'other'),
    payer: user ?? { first_name: null, last_name: null, email: null },
  }
}
