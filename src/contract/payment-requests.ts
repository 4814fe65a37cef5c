import { z } from 'zod'
import { CustomerInput } from '#contract/payment-writes'
import { Customer } from '#contract/payments'
import { createdObject, MoreThanNoEuros, ProviderObjectId } from '#contract/provider-objects'
import { absentable, ListQuery, Metadata, Money, text, Timestamp } from '#contract/vocabulary'
import { currencies } from '#values/money'
import { languages } from '#values/languages'

const said = z.string().nullable()
const Language = z
  .enum(languages)
  .meta({ description: 'Of the page on which it is paid; `en` when left out.' })
const PartnerUuid = z.uuid().meta({ examples: ['baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'] })

const about = {
  language: absentable(Language),
  description: absentable(text(2_000)),
  origin: absentable(text(191)).meta({ description: 'Where it was bought, by which fees are ruled.' }),
  product: absentable(text(191)).meta({ description: 'Its kind, by which fees are ruled.' }),
}

export const PaymentRequestCreation = z
  .strictObject({
    partner_uuid: PartnerUuid,
    amount: MoreThanNoEuros,
    customer: CustomerInput,
    reference: absentable(text(64)).meta({
      description: 'Your own name for it. Ours is the id of the operation, by which it can be found again.',
      examples: ['INV-2026-17'],
    }),
    ...about,
    metadata: absentable(Metadata),
  })
  .meta({
    id: 'PaymentRequestCreation',
    description: 'A customer is to be asked for a payment.',
    examples: [
      {
        partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
        amount: { amount: 10_000, currency: 'EUR' },
        customer: { first_name: 'Jane', last_name: 'Smith', email: 'jane.smith@example.com' },
        description: 'September',
      },
    ],
  })

/** Here an amount may come in another currency, which is told apart from one that makes no sense. */
const Amount = z.strictObject({
  amount: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .meta({ description: 'Minor units.', examples: [14_000] }),
  currency: z.enum(currencies),
})

export const OrderPaymentRequest = z
  .strictObject({
    partner_uuid: absentable(PartnerUuid).meta({
      description: 'Whom it is paid to; the `partner_uuid` of the connection when left out.',
    }),
    amount: absentable(Amount).meta({
      description:
        "The monthly price of the order when left out, where that is in the connection's currency.",
    }),
    customer: absentable(CustomerInput).meta({ description: 'The first tenant when left out.' }),
    ...about,
  })
  .meta({
    id: 'OrderPaymentRequest',
    description: 'Somebody of an order is to be asked for a payment.',
    examples: [
      {
        partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
        amount: { amount: 14_000, currency: 'EUR' },
      },
    ],
  })

export const PaymentRequest = createdObject('payment_request', {
  code: said,
  state: z.enum(['paid', 'other']),
  provider_state: said.meta({ description: "The provider's own word." }),
  amount: Money.nullable(),
  reference: said,
  description: said,
  customer: Customer.nullable(),
  partner_uuid: said,
  origin: said,
  product: said,
  created_at: Timestamp.nullable(),
  updated_at: Timestamp.nullable(),
}).meta({ id: 'PaymentRequest', description: 'What a customer was asked to pay, on a page of MyBeezBox.' })

export const PaymentRequestQuery = ListQuery.extend({
  search: text(191)
    .exactOptional()
    .meta({ description: 'In reference, description and the like.', examples: ['INV-2026-17'] }),
})

export const PaymentRequestParams = z.strictObject({ id: ProviderObjectId })
