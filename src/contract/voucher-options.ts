import { z } from 'zod'
import { GivenBack, PassedOn } from '#contract/passed-on'
import { createdObject, Euros, ProviderObjectId, providerObject } from '#contract/provider-objects'
import { everyLanguage, inEveryLanguage, Translations } from '#contract/translations'
import { absentable, Metadata, Money } from '#contract/vocabulary'

export const VoucherOptionRequest = z
  .strictObject({
    name: everyLanguage(),
    description: everyLanguage(),
    selling_price: Euros,
    is_active: absentable(z.boolean()).meta({ description: 'True when left out.' }),
    countable: absentable(z.boolean()).meta({ description: 'Whether it can be chosen more than once.' }),
    is_global: absentable(z.boolean()).meta({ description: 'Whether it goes with every prototype.' }),
    ranking: absentable(z.int()),
    partner_uuid: absentable(z.uuid()),
    prototype_ids: absentable(z.array(ProviderObjectId).max(500)),
    category_id: absentable(ProviderObjectId),
    metadata: absentable(Metadata),
  })
  .meta({
    id: 'VoucherOptionRequest',
    examples: [
      {
        name: inEveryLanguage('Option'),
        description: inEveryLanguage('Description'),
        selling_price: { amount: 1050, currency: 'EUR' },
        ranking: 10,
      },
    ],
  })

const said = z.string().nullable()
const flag = z.boolean().nullable()

export const VoucherOption = createdObject('voucher_option', {
  name: Translations,
  description: Translations,
  selling_price: Money.nullable(),
  is_active: flag,
  countable: flag,
  is_global: flag,
  ranking: z.number().nullable(),
  partner_id: said,
  partner_uuid: said,
  prototype_ids: z.array(z.string()),
  category_id: said,
}).meta({ id: 'VoucherOption', description: 'What can be added to a voucher.' })

/** The body of the provider's update: another one than that of its creation. */
export const VoucherOptionChanges = z
  .strictObject({
    count: z.int().min(0).meta({ description: 'How often it was chosen.' }),
    included: z.boolean().meta({ description: 'Whether the price of the prototype includes it.' }),
    option: PassedOn.meta({ description: 'The option, as MyBeezBox spells it; passed on as it is.' }),
  })
  .meta({
    id: 'VoucherOptionChanges',
    examples: [{ count: 1, included: true, option: { id: 1, name_en: 'Option' } }],
  })

export const ChosenVoucherOption = providerObject('chosen_voucher_option', {
  count: z.number().nullable(),
  included: flag,
  option: GivenBack,
}).meta({ id: 'ChosenVoucherOption', description: 'How often an option was chosen.' })
