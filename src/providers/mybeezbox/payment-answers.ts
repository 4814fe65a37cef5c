import { z } from 'zod'
import type { PayoutRequestState } from '#contract/payments'
import { OptionalText, orNull } from '#providers/answer-schemas'
import {
  detailed,
  Id,
  OptionalDay,
  OptionalEuros,
  OptionalId,
  OptionalInstant,
} from '#providers/mybeezbox/dialect'
import type { ProviderPayment, ProviderTransaction } from '#providers/port/payment-hub'
import type { Money } from '#values/money'

/** Sections "Find payment by its ID" and "Create a new payment", each of which tells other fields. */
export const PaymentAnswer = detailed(
  {
    id: Id,
    status: OptionalText,
    customer: orNull(z.record(z.string(), z.unknown())),
    partner: OptionalId,
    partner_uuid: OptionalText,
    amount: OptionalEuros,
    discount: OptionalEuros,
    commission: OptionalEuros,
    net_amount: OptionalEuros,
    refunded_amount: OptionalEuros,
    type: OptionalText,
    product: OptionalText,
    origin: OptionalText,
    payment_receipt_description: OptionalText,
    freeze_payout_date: OptionalDay,
    payout_request_id: OptionalId,
    payout_request_status: OptionalText,
    payout_request_creation_date: OptionalInstant,
    payout_request_validation_date: OptionalInstant,
    extra_source_amount: OptionalEuros,
    extra_source_wallet: OptionalId,
    extra_source_wallet_uuid: OptionalText,
    payin_result_code: OptionalText,
    payin_result_message: OptionalText,
    payment_request_id: OptionalId,
    created_on: OptionalInstant,
  },
  () => ({}),
)

export const PaymentAnswers = z.array(PaymentAnswer)

const PAYMENT_STATES = new Map([
  ['ok', 'succeeded'],
  ['ip', 'in_progress'],
] as const)
const PAYOUT_STATES = new Map([
  ['validated', 'validated'],
  ['to be validated', 'to_be_validated'],
  ['cancelled', 'cancelled'],
] as const)

type StateMap = ReadonlyMap<string, string>
const ours = <T>(states: ReadonlyMap<string, T>, theirs: string) => states.get(theirs) ?? 'other'

/** Our word for a state as theirs; a word that is not ours is taken for theirs. */
function theirsIn(states: StateMap, word: string): string {
  return [...states].find(([, our]) => our === word)?.[0] ?? word
}

export const paymentStateToTheirs = (word: string) => theirsIn(PAYMENT_STATES, word)
export const payoutStateToTheirs = (word: string) => theirsIn(PAYOUT_STATES, word)

/** Words separated by commas, each as theirs. */
export function wordsToTheirs(words: string, toTheirs: (word: string) => string): string {
  return words
    .split(',')
    .map(word => toTheirs(word.trim()))
    .join(',')
}

export function payoutStateOf(theirs: string): PayoutRequestState {
  return ours<PayoutRequestState>(PAYOUT_STATES, theirs)
}

/** "When performing a refund for certain payment, payment status won't change": what was refunded tells. */
function refundStateOf(amount: Money | null, refunded: Money | null): ProviderPayment['refund_state'] {
  if (!refunded) return null
  if (refunded.amount === 0) return 'none'
  if (!amount) return null
  return refunded.amount < amount.amount ? 'partial' : 'full'
}

export function fromPayment(answer: z.output<typeof PaymentAnswer>): ProviderPayment {
  const {
    status,
    partner,
    freeze_payout_date,
    payout_request_status: payoutStatus,
    payout_request_creation_date,
    payout_request_validation_date,
    extra_source_wallet,
    created_on,
    ...same
  } = answer
  return {
    ...same,
    state: status === null ? 'other' : ours<ProviderPayment['state']>(PAYMENT_STATES, status),
    provider_state: status,
    partner_id: partner,
    refund_state: refundStateOf(answer.amount, answer.refunded_amount),
    freeze_payout_on: freeze_payout_date,
    payout_request_state: payoutStatus === null ? null : payoutStateOf(payoutStatus),
    payout_request_created_at: payout_request_creation_date,
    payout_request_validated_at: payout_request_validation_date,
    extra_source_wallet_id: extra_source_wallet,
    created_at: created_on,
  }
}

/** Section "Get all transactions linked to a payment" shows no field. */
export const TransactionAnswers = z.array(
  detailed({ id: OptionalId, amount: OptionalEuros }, () => ({})).transform(
    (transaction): ProviderTransaction => transaction,
  ),
)
