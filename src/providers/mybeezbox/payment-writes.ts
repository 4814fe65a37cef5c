import { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { decimalOf, detailed, Id, OptionalDay } from '#providers/mybeezbox/dialect'
import { fromPayment, PaymentAnswer } from '#providers/mybeezbox/payment-answers'
import type { Implements } from '#providers/port/index'
import type { PaymentDraft, RefundDraft } from '#providers/port/payment-hub'
import { withoutNulls } from '#providers/port/sendable'
import { ProviderError } from '#providers/provider-error'

/** Section "Update a payment". */
const Changed = detailed({ id: Id, freeze_payout_date: OptionalDay }, () => ({}))

/** Section "Refund a payment by its ID". Whatever else `status` says, nobody knows whether it was refunded. */
const Refunded = z.looseObject({ status: z.literal('ok'), detail: OptionalText })

export const mybeezboxPaymentWrites = {
  'payments.create': async (client, draft) => {
    const body = { kind: 'json', value: toFields(draft) } as const
    return fromPayment(await inOurWords(client.call('payments.create', { body }, PaymentAnswer)))
  },
  'payments.update': async (client, { id, changes }) => {
    const value = { freeze_payout_date: changes.freeze_payout_on }
    const request = { params: { id }, body: { kind: 'json', value } } as const
    const answer = await inOurWords(client.call('payments.update', request, Changed))
    const { freeze_payout_date: freeze_payout_on, ...same } = answer
    return { ...same, freeze_payout_on }
  },
  'payments.refund': async (client, { id, ...draft }) => {
    const request = { params: { id }, body: { kind: 'json', value: toRefund(draft) } } as const
    const { status, detail } = await client.call('payments.refund', request, Refunded)
    return { id, provider_state: status, message: detail }
  },
} satisfies Implements<MybeezboxClient>

/** Throws the refusal of `calling` with our name of the one field that other objects have under theirs. */
async function inOurWords<T>(calling: Promise<T>): Promise<T> {
  try {
    return await calling
  } catch (err) {
    if (!(err instanceof ProviderError && err.facts.fields)) throw err
    const fields = err.facts.fields.map(field =>
      field.pointer === '/freeze_payout_date' ? { ...field, pointer: '/freeze_payout_on' } : field,
    )
    throw new ProviderError({ ...err.facts, fields })
  }
}

function toFields({
  amount,
  discount,
  type,
  freeze_payout_on = null,
  extra_source_amount,
  ...plain
}: PaymentDraft) {
  return withoutNulls<unknown>({
    ...plain,
    amount: decimalOf(amount),
    discount: discount ? decimalOf(discount) : 0,
    type: type ?? 'credit_card',
    freeze_payout_date: freeze_payout_on,
    extra_source_amount: extra_source_amount ? decimalOf(extra_source_amount) : null,
  })
}

function toRefund({ amount, split }: Pick<RefundDraft, 'amount' | 'split'>) {
  const parts = split && {
    extra_source_amount: decimalOf(split.extra_source_amount),
    additional_payin_amount: decimalOf(split.additional_payin_amount),
  }
  return { amount: decimalOf(amount), ...(parts ? { split: parts } : {}) }
}
