import { z } from 'zod'
import { PassedOn } from '#contract/passed-on'
import { Payment } from '#contract/payments'
import { Euros, MoreThanNoEuros, providerObject } from '#contract/provider-objects'
import { absentable, Metadata, Money, PlainDate, text } from '#contract/vocabulary'

/** A person at MyBeezBox, whose fields its document does not show. */
export const CustomerInput = PassedOn.meta({
  description: 'A person, in the fields that MyBeezBox knows: passed on as they are, at most 30 of them.',
  examples: [{ first_name: 'Jane', last_name: 'Smith', email: 'jane.smith@example.com' }],
})

const FreezePayoutOn = PlainDate.meta({
  description: 'The day that counts for the payout, in place of that of the payment.',
})
const isGiven = (value: unknown) => value !== null && value !== undefined

export const PaymentCreation = z
  .strictObject({
    customer: CustomerInput,
    partner_uuid: z.uuid().meta({ examples: ['baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'] }),
    amount: MoreThanNoEuros,
    discount: absentable(Euros).meta({ description: 'None when left out.' }),
    product: text(191).meta({ description: 'Its kind, by which fees are ruled.' }),
    type: absentable(z.literal('credit_card')).meta({ description: 'The one kind that there is.' }),
    origin: absentable(text(191)).meta({ description: 'Where it was bought, by which fees are ruled.' }),
    payment_receipt_description: absentable(text(2_000)),
    freeze_payout_on: absentable(FreezePayoutOn),
    extra_source_wallet_uuid: absentable(z.uuid()).meta({
      description: 'The wallet that a part is taken from, where a voucher or gift card pays.',
    }),
    extra_source_amount: absentable(MoreThanNoEuros).meta({ description: 'The part that it pays.' }),
    metadata: absentable(Metadata),
  })
  .superRefine((body, context) => {
    const [wallet, amount] = [body.extra_source_wallet_uuid, body.extra_source_amount].map(isGiven)
    if (wallet === amount) return
    const missing = wallet ? 'extra_source_amount' : 'extra_source_wallet_uuid'
    const message = `is required with ${wallet ? 'extra_source_wallet_uuid' : 'extra_source_amount'}`
    context.addIssue({ code: 'custom', path: [missing], message, params: { code: 'required' } })
  })
  .meta({
    id: 'PaymentCreation',
    description: 'A payment of a customer to a partner.',
    examples: [
      {
        customer: { first_name: 'Jane', last_name: 'Smith', email: 'jane.smith@example.com' },
        partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
        amount: { amount: 10_000, currency: 'EUR' },
        product: 'product_type',
        freeze_payout_on: '2026-05-01',
      },
    ],
  })

export const PaymentChanges = z
  .strictObject({ freeze_payout_on: FreezePayoutOn })
  .meta({ id: 'PaymentChanges', examples: [{ freeze_payout_on: '2026-05-01' }] })

export const ChangedPayment = Payment.pick({
  id: true,
  object: true,
  mode: true,
  provider: true,
  freeze_payout_on: true,
  details: true,
}).meta({ id: 'ChangedPayment', description: 'What MyBeezBox has noted of a payment.' })

export const RefundRequest = z
  .strictObject({
    amount: MoreThanNoEuros,
    split: absentable(
      z.strictObject({ extra_source_amount: Euros, additional_payin_amount: Euros }).meta({
        description:
          'How much goes back to the wallet and how much to the card, in sum `amount`. In proportion when left out.',
      }),
    ),
    metadata: absentable(Metadata),
  })
  .refine(
    ({ amount, split }) =>
      !split || split.extra_source_amount.amount + split.additional_payin_amount.amount === amount.amount,
    { path: ['split'], error: 'must add up to amount', params: { code: 'split_mismatch' } },
  )
  .meta({
    id: 'RefundRequest',
    examples: [{ amount: { amount: 1_000, currency: 'EUR' } }],
  })

export const Refund = providerObject('refund', {
  state: z.literal('succeeded'),
  provider_state: z.string().meta({ description: "The provider's own word." }),
  amount: Money,
  message: z.string().nullable().meta({ description: "The provider's own words." }),
  metadata: Metadata,
})
  .omit({ details: true, provider_data: true })
  .extend({ id: z.string().meta({ description: 'Of the payment: a refund has none of its own.' }) })
  .meta({
    id: 'Refund',
    description: 'What was given back of a payment. It shows as a transaction of the payment.',
  })
