import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { given, WHOLE_ARRAY_BYTES } from '#providers/mybeezbox/dialect'
import {
  fromPayment,
  PaymentAnswer,
  PaymentAnswers,
  paymentStateToTheirs,
  payoutStateToTheirs,
  TransactionAnswers,
  wordsToTheirs,
} from '#providers/mybeezbox/payment-answers'
import type { Implements, Input } from '#providers/port/index'

export const mybeezboxPayments = {
  'payments.list': async (client, filters) => {
    const request = { query: toPaymentQuery(filters), maxBytes: WHOLE_ARRAY_BYTES }
    return (await client.call('payments.list', request, PaymentAnswers)).map(fromPayment)
  },
  'payments.get': async (client, { id }) =>
    fromPayment(await client.call('payments.get', { params: { id } }, PaymentAnswer)),
  'payments.transactions': (client, { id }) =>
    client.call('payments.transactions', { params: { id } }, TransactionAnswers),
} satisfies Implements<MybeezboxClient>

/** Section "Get all payments". */
function toPaymentQuery(filters: Input<'payments.list'>): Record<string, string> {
  const { created_from, created_to, state, states, payout_request_state, payout_request_states, ...same } =
    filters
  return given({
    ...same,
    created_on__gte: created_from,
    created_on__lte: created_to,
    status: state && paymentStateToTheirs(state),
    status__in: states && wordsToTheirs(states, paymentStateToTheirs),
    payout_request_status: payout_request_state && payoutStateToTheirs(payout_request_state),
    payout_request_status__in:
      payout_request_states && wordsToTheirs(payout_request_states, payoutStateToTheirs),
  })
}
