import { z } from 'zod'
import { NetworkState } from '#contract/network-states'
import { providerObject } from '#contract/provider-objects'
import { Translations } from '#contract/translations'
import { ListQuery, Money, text, Timestamp } from '#contract/vocabulary'

const said = z.string().nullable()
const count = z.number().nullable()

export const NetworkVoucherBox = providerObject('network_voucher_box', {
  name: Translations,
  short_description: Translations,
  long_description: Translations,
  is_active: z.boolean().nullable(),
  is_highlight: z.boolean().nullable(),
  price: Money.nullable(),
  weight: count,
  price_scope: count,
  max_usages: count,
  max_days_after_first_usage: count,
  created_at: Timestamp.nullable(),
}).meta({ id: 'NetworkVoucherBox', description: 'A box of offers, of which vouchers are sold.' })

export const NetworkVoucherOffer = providerObject('network_voucher_offer', {}).extend({ id: said }).meta({
  id: 'NetworkVoucherOffer',
  description: 'An offer of a box. The document shows no field of it: all of them are under `details`.',
})

export const NetworkVoucher = providerObject('network_voucher', {
  uuid: said,
  code: z.string().meta({ examples: ['NVb77qadh'] }),
  state: NetworkState,
  provider_state: said.meta({ description: "The provider's own word." }),
  box_id: said,
  box_name: said,
  box_price: Money.nullable(),
  is_box_active: z.boolean().nullable(),
  max_usages: count,
  usage_count: count,
  description: said,
  short_description: said,
  created_at: Timestamp.nullable(),
  expires_at: Timestamp.nullable(),
}).meta({ id: 'NetworkVoucher', description: 'A voucher that every partner of the network takes.' })

export const NetworkVoucherUsage = providerObject('network_voucher_usage', {
  network_voucher_id: said,
  partner_id: said,
  partner_source_id: said,
  partner_agency_name: said,
  is_active: z.boolean().nullable(),
  comment: said,
  management_fees: Money.nullable(),
  commission_rate: z
    .number()
    .nullable()
    .meta({ description: 'Per cent.', examples: [10] }),
  created_at: Timestamp.nullable(),
}).meta({ id: 'NetworkVoucherUsage', description: 'One use of a voucher of the network.' })

/** Who gave it or got it. */
export const ByEmailQuery = ListQuery.extend({
  email: z
    .email()
    .max(191)
    .meta({ description: 'Of the giver or the receiver.', examples: ['jane.smith@example.com'] }),
})

/** A code in a path. */
export const CodeParams = z.strictObject({
  code: text(64)
    .regex(/^[\w-]+$/, { error: 'must be letters, digits, - and _' })
    .meta({ examples: ['NVb77qadh'] }),
})
