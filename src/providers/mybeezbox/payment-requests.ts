import { z } from 'zod'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import {
  decimalOf,
  detailed,
  given,
  Id,
  OptionalEuros,
  OptionalInstant,
  WHOLE_ARRAY_BYTES,
} from '#providers/mybeezbox/dialect'
import { fromPayment, PaymentAnswers } from '#providers/mybeezbox/payment-answers'
import type { Implements } from '#providers/port/index'
import type { PaymentRequestDraft, ProviderPaymentRequest } from '#providers/port/payment-requests'
import { withoutNulls } from '#providers/port/sendable'

/** Section "Get payment request by its ID". */
const PaymentRequestAnswer = detailed(
  {
    id: Id,
    code: OptionalText,
    status: OptionalText,
    amount: OptionalEuros,
    reference: OptionalText,
    description: OptionalText,
    customer: orNull(z.record(z.string(), z.unknown())),
    partner_uuid: OptionalText,
    origin: OptionalText,
    product: OptionalText,
    created_on: OptionalInstant,
    modified_on: OptionalInstant,
  },
  () => ({}),
)

/** Section "Create a new multi-product cart". */
const CartAnswer = detailed(
  { id: Id, partner_uuid: OptionalText, data: orNull(z.record(z.string(), z.unknown())) },
  () => ({}),
)

export const mybeezboxPaymentRequests = {
  'carts.create': (client, draft) =>
    client.call('carts.create', { body: { kind: 'json', value: draft } }, CartAnswer),
  'paymentRequests.create': async (client, draft) => {
    const body = { kind: 'json', value: toFields(draft) } as const
    const made = await client.call('paymentRequests.create', { body }, PaymentRequestAnswer)
    // Neither the request nor its answer names a currency.
    const amount = made.amount && { ...made.amount, currency: draft.amount.currency }
    return fromPaymentRequest({ ...made, amount })
  },
  'paymentRequests.list': async (client, filters) => {
    const request = { query: given(filters), maxBytes: WHOLE_ARRAY_BYTES }
    const found = await client.call('paymentRequests.list', request, z.array(PaymentRequestAnswer))
    return found.map(fromPaymentRequest)
  },
  'paymentRequests.get': async (client, { id }) =>
    fromPaymentRequest(await client.call('paymentRequests.get', { params: { id } }, PaymentRequestAnswer)),
  'paymentRequests.payments': async (client, { id }) =>
    (await client.call('paymentRequests.payments', { params: { id } }, PaymentAnswers)).map(fromPayment),
} satisfies Implements<MybeezboxClient>

function toFields({ amount, language, ...plain }: PaymentRequestDraft) {
  return withoutNulls<unknown>({ ...plain, amount: decimalOf(amount), language: language ?? 'en' })
}

function fromPaymentRequest({
  status,
  created_on,
  modified_on,
  ...same
}: z.output<typeof PaymentRequestAnswer>): ProviderPaymentRequest {
  return {
    ...same,
    state: status === 'paid' ? 'paid' : 'other',
    provider_state: status,
    created_at: created_on,
    updated_at: modified_on,
  }
}
