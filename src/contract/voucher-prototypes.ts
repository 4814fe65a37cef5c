import { z } from 'zod'
import { createdObject, Euros, ProviderObjectId } from '#contract/provider-objects'
import { anyLanguage, everyLanguage, inEveryLanguage, Translations } from '#contract/translations'
import { absentable, Metadata, Money, PlainDate } from '#contract/vocabulary'

export const prototypeTypes = ['stay', 'standard', 'fixed_stay'] as const

const whole = absentable(z.int().min(0))
const price = absentable(Euros)

const fields = {
  name: everyLanguage(),
  description: everyLanguage(),
  long_description: everyLanguage(20_000),
  rent_conditions: absentable(anyLanguage(20_000)),
  how_to_book_html: absentable(anyLanguage(20_000)),
  pdf_description: absentable(anyLanguage(300)),
  type: z.enum(prototypeTypes),
  is_active: absentable(z.boolean()).meta({ description: 'False when left out.' }),
  is_highlight: absentable(z.boolean()).meta({ description: 'False when left out.' }),
  price_scope: whole.meta({ description: 'Persons the price is for; 0 is the whole rental.' }),
  max_capacity: whole.meta({ description: '0 is no maximum.' }),
  min_capacity: whole,
  stay_price: Euros,
  adults_price: price.meta({ description: 'For each further adult.' }),
  children_price: price.meta({ description: 'For each further child.' }),
  baby_price: price.meta({ description: 'For each further baby.' }),
  partner_uuid: absentable(z.uuid()),
  universe_id: ProviderObjectId,
  environment_id: absentable(ProviderObjectId),
  last_active_day: absentable(PlainDate).meta({ description: 'It is not active after this day.' }),
  ranking: absentable(z.int()),
  image_ids: absentable(z.array(ProviderObjectId).max(100)).meta({ description: 'Media.' }),
  cover_image_id: absentable(ProviderObjectId).meta({
    description: 'A media. Left out of a replacement: no cover image any more.',
  }),
}

const example = {
  name: inEveryLanguage('Prototype'),
  description: inEveryLanguage('Description'),
  long_description: inEveryLanguage('Long description'),
  type: 'stay',
  stay_price: { amount: 1050, currency: 'EUR' },
  partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
  universe_id: '1',
}

export const VoucherPrototypeChanges = z
  .strictObject(fields)
  .meta({ id: 'VoucherPrototypeChanges', examples: [example] })

export const VoucherPrototypeRequest = z
  .strictObject({ ...fields, metadata: absentable(Metadata) })
  .meta({ id: 'VoucherPrototypeRequest', examples: [example] })

const said = z.string().nullable()
const count = z.number().nullable()
const flag = z.boolean().nullable()
const paid = Money.nullable()

export const VoucherPrototype = createdObject('voucher_prototype', {
  name: Translations,
  description: Translations,
  long_description: Translations,
  rent_conditions: Translations,
  how_to_book_html: Translations,
  pdf_description: Translations,
  type: z.enum([...prototypeTypes, 'other']),
  provider_type: said.meta({ description: "The provider's own word." }),
  is_active: flag,
  is_highlight: flag,
  price_scope: count,
  max_capacity: count,
  min_capacity: count,
  stay_price: paid,
  adults_price: paid,
  children_price: paid,
  baby_price: paid,
  partner_id: said,
  partner_uuid: said,
  universe_id: said,
  environment_id: said,
  last_active_day: said.meta({ format: 'date' }),
  ranking: count,
  order_count: count,
  image_ids: z.array(z.string()),
  cover_image_id: said,
}).meta({ id: 'VoucherPrototype', description: 'What vouchers are made from.' })
