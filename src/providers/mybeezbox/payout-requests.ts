import { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import {
  detailed,
  given,
  Id,
  OptionalEuros,
  OptionalId,
  OptionalInstant,
  WHOLE_ARRAY_BYTES,
} from '#providers/mybeezbox/dialect'
import {
  fromPayment,
  PaymentAnswers,
  payoutStateOf,
  payoutStateToTheirs,
} from '#providers/mybeezbox/payment-answers'
import type { Implements, Input } from '#providers/port/index'
import type { ProviderPayoutRequest } from '#providers/port/payment-hub'

/** Section "Find payout request by its ID" shows no field; these are what payments tell of one. */
const PayoutRequest = detailed(
  {
    id: Id,
    status: OptionalText,
    partner: OptionalId,
    partner_uuid: OptionalText,
    amount: OptionalEuros,
    creation_date: OptionalInstant,
    validation_date: OptionalInstant,
  },
  () => ({}),
)

/** The document shows an empty list: that, the payout request, or a word about it. */
const Done = z.union([
  z.array(z.unknown()),
  z.looseObject({}).refine(answer => ['id', 'status', 'detail'].some(name => name in answer)),
])

/** Bytes; a file is never held whole, but neither does it run for ever. */
const LARGEST_FILE = 100 * 1024 * 1024

export const mybeezboxPayoutRequests = {
  'payoutRequests.list': async (client, filters) => {
    const request = { query: toPayoutQuery(filters), maxBytes: WHOLE_ARRAY_BYTES }
    const found = await client.call('payoutRequests.list', request, z.array(PayoutRequest))
    return found.map(fromPayoutRequest)
  },
  'payoutRequests.get': async (client, { id }) =>
    fromPayoutRequest(await client.call('payoutRequests.get', { params: { id } }, PayoutRequest)),
  'payoutRequests.payments': async (client, { id }) =>
    (await client.call('payoutRequests.payments', { params: { id } }, PaymentAnswers)).map(fromPayment),
  'payoutRequests.validate': async (client, { id }) => {
    await client.call('payoutRequests.validate', { params: { id } }, Done)
    return { id }
  },
  'payoutRequests.cancel': async (client, { id }) => {
    await client.call('payoutRequests.cancel', { params: { id } }, Done)
    return { id }
  },
  'payoutRequests.pdf': (client, { id }) =>
    client.stream('payoutRequests.pdf', { params: { id }, maxBytes: LARGEST_FILE }),
  'payoutRequests.xls': (client, { id }) =>
    client.stream('payoutRequests.xls', { params: { id }, maxBytes: LARGEST_FILE }),
} satisfies Implements<MybeezboxClient>

/** Section "Get all payout requests". */
function toPayoutQuery(filters: Input<'payoutRequests.list'>): Record<string, string> {
  const { created_from, created_to, state, ...same } = filters
  return given({
    ...same,
    creation_date__gte: created_from,
    creation_date__lte: created_to,
    status: state && payoutStateToTheirs(state),
  })
}

function fromPayoutRequest({
  status,
  partner,
  creation_date,
  validation_date,
  ...same
}: z.output<typeof PayoutRequest>): ProviderPayoutRequest {
  return {
    ...same,
    state: status === null ? 'other' : payoutStateOf(status),
    provider_state: status,
    partner_id: partner,
    created_at: creation_date,
    validated_at: validation_date,
  }
}
