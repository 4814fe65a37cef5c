import type { z } from 'zod'
import { Refund, type RefundRequest } from '#contract/payment-writes'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { invalid } from '#http/problem-error'
import { PAYMENT } from '#resources/payments/read-payments'
import { askAboutOne } from '#resources/provider-objects/at-mybeezbox'
import type { Deed } from '#resources/provider-objects/perform-at'
import { performOnce, previewAt } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import type { Services } from '#services'
import type { Money } from '#values/money'

const REFUND = 'refund'
const operation = 'payments.refund'

/** Throws `not_found`, and `validation_failed` when it is known to be more than what was not given back yet. */
async function demandEnoughLeft(services: Services, call: Call, id: string, wanted: Money): Promise<void> {
  const { amount, refunded_amount } = await askAboutOne(services, call, 'payments.get', { id })
  if (!amount || !refunded_amount) return
  const left = Math.max(0, amount.amount - refunded_amount.amount)
  if (wanted.amount <= left) return
  const message = `is more than what is left of the payment: ${left} cents`
  throw invalid({ pointer: '/amount/amount', code: 'more_than_remains', message })
}

/** Gives back a payment or a part of it: written down first, sent once. */
export async function refundPayment(
  services: Services,
  call: Call,
  {
    id,
    body,
    query,
  }: { id: string; body: z.output<typeof RefundRequest>; query: z.output<typeof PreviewQuery> },
): Promise<Answer> {
  const { metadata, ...draft } = body
  if (query.preview === 'true')
    return previewAt(services, call, { operation, input: { ...draft, id, earlier: [] } })
  const deed = async (): Promise<Deed<typeof operation>> => {
    await demandEnoughLeft(services, call, id, body.amount)
    const transactions = await askAboutOne(services, call, 'payments.transactions', { id })
    return {
      operation,
      input: { ...draft, id, earlier: transactions.map(earlier => ({ id: earlier.id })) },
      about: { kind: REFUND, metadata },
      done: refund => {
        const done = { ...refund, state: 'succeeded', amount: body.amount } as const
        return respond(Refund, madeNow(call, REFUND, done, metadata), { status: 201 })
      },
    }
  }
  return performOnce(services, call, deed, { target: { kind: PAYMENT, id } })
}
