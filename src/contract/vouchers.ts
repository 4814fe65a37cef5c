import { z } from 'zod'
import { providerObject } from '#contract/provider-objects'
import { Translations } from '#contract/translations'
import { ListQuery, Money, text, Timestamp } from '#contract/vocabulary'

export const voucherStates = ['draft', 'paid', 'error', 'in_use', 'used', 'expired'] as const
export type VoucherState = (typeof voucherStates)[number]

const said = z.string().nullable()
const flag = z.boolean().nullable()
const count = z.number().nullable()

const VoucherPerson = z
  .object({ id: said, first_name: said, last_name: said, email: said, phone: said })
  .meta({ id: 'VoucherPerson', description: 'Who gave a voucher, or was given it.' })

export const Voucher = providerObject('voucher', {
  code: z.string().meta({ examples: ['ghakvgngkq'] }),
  state: z.enum([...voucherStates, 'other']),
  provider_state: said.meta({ description: "The provider's own word." }),
  prototype_id: said,
  prototype_name: Translations,
  prototype_description: Translations,
  prototype_rent_conditions: Translations,
  nights: count,
  adults: count,
  children: count,
  babies: count,
  total_price: Money.nullable(),
  purchase_price: Money.nullable(),
  rent_price: Money.nullable(),
  bought_rent_price: Money.nullable(),
  gifter: VoucherPerson,
  giftee: VoucherPerson,
  self_gifted: flag,
  message: said,
  language: said,
  payment_type: said,
  is_group_payment: flag,
  is_usable: flag,
  is_extendable: flag,
  is_refundable: flag,
  created_at: Timestamp.nullable(),
  activated_at: Timestamp.nullable(),
  used_at: Timestamp.nullable(),
  expires_at: Timestamp.nullable(),
}).meta({ id: 'Voucher', description: 'A voucher that somebody bought.' })

const filter = (description: string) => text(191).exactOptional().meta({ description })

export const VoucherQuery = ListQuery.extend({
  code: filter('With this code.'),
  voucher_prototype_name: filter('Made from a prototype of this name.'),
  gifter: filter('Given by this person.'),
  giftee: filter('Given to this person.'),
  origin_url: filter('Bought at this address.'),
})

export const VoucherChanges = z
  .strictObject({ state: z.enum(voucherStates) })
  .meta({ id: 'VoucherChanges', examples: [{ state: 'in_use' }] })

export const VoucherParams = z.strictObject({
  code: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .meta({ description: "The voucher's code.", examples: ['ghakvgngkq'] }),
})
