import { z } from 'zod'
import { createdObject, providerObject, ProviderPathUuid } from '#contract/provider-objects'
import { ListQuery, Money, PlainDate, text, Timestamp } from '#contract/vocabulary'

const said = z.string().nullable()
const amount = Money.nullable()

/** A person at MyBeezBox, whose fields its document does not show: passed on as they are. */
export const Customer = z.record(z.string(), z.unknown()).meta({
  id: 'Customer',
  description: 'A person, in the fields that MyBeezBox knows: passed on as they are.',
  examples: [{ first_name: 'Jane', last_name: 'Smith', email: 'jane.smith@example.com' }],
})

export const payoutRequestStates = ['to_be_validated', 'validated', 'cancelled', 'other'] as const
export const PayoutRequestState = z.enum(payoutRequestStates)
export type PayoutRequestState = z.output<typeof PayoutRequestState>

export const refundStates = ['none', 'partial', 'full'] as const

export const Payment = createdObject('payment', {
  state: z.enum(['succeeded', 'in_progress', 'other']),
  provider_state: said.meta({ description: "The provider's own word." }),
  customer: Customer.nullable(),
  partner_id: said,
  partner_uuid: said,
  amount,
  discount: amount,
  commission: amount,
  net_amount: amount,
  refunded_amount: amount,
  refund_state: z.enum(refundStates).nullable().meta({
    description: 'By what was refunded: a refund does not change the state of a payment.',
  }),
  type: said,
  product: said,
  origin: said,
  payment_receipt_description: said,
  freeze_payout_on: PlainDate.nullable(),
  payout_request_id: said,
  payout_request_state: PayoutRequestState.nullable(),
  payout_request_created_at: Timestamp.nullable(),
  payout_request_validated_at: Timestamp.nullable(),
  extra_source_amount: amount,
  extra_source_wallet_id: said,
  extra_source_wallet_uuid: said,
  payin_result_code: said,
  payin_result_message: said,
  payment_request_id: said,
  created_at: Timestamp.nullable(),
}).meta({ id: 'Payment', description: 'What a customer paid to a partner.' })

const filter = (description: string) => text(191).exactOptional().meta({ description })
const day = PlainDate.exactOptional()
const flag = z.enum(['true', 'false']).exactOptional()
const OF_OURS = 'in our word or in the provider\u2019s own'

/** The twelve filters of the document, "Get all payments". */
export const PaymentQuery = ListQuery.extend({
  created_from: day.meta({ description: 'Made on this day or later.' }),
  created_to: day.meta({ description: 'Made on this day or before.' }),
  partner_uuid: z.uuid().exactOptional(),
  state: filter(`In this state, ${OF_OURS}.`),
  states: filter(`In one of these states, separated by commas, each ${OF_OURS}.`),
  payout_request_state: filter(`In a payout request of this state, ${OF_OURS}.`),
  payout_request_states: filter(`In a payout request of one of these states, each ${OF_OURS}.`),
  customer_first_name: filter('Of a customer with this first name.'),
  customer_last_name: filter('Of a customer with this last name.'),
  customer_email: filter('Of a customer with this e-mail address.'),
  partially_refunded: flag.meta({ description: '`true`: only those of which a part was refunded.' }),
  fully_refunded: flag.meta({ description: '`true`: only those that were refunded altogether.' }),
})

export const PaymentParams = z.strictObject({
  id: ProviderPathUuid.meta({ examples: ['7a82448d-e8a3-4049-8e88-2c8186c3076f'] }),
})

export const PaymentTransaction = providerObject('payment_transaction', { amount })
  .extend({ id: said })
  .meta({
    id: 'PaymentTransaction',
    description: 'A movement of money of a payment. The document shows no field of it: see `details`.',
  })
