import { z } from 'zod'
import { createdObject } from '#contract/provider-objects'
import { everyLanguage, inEveryLanguage, Translations } from '#contract/translations'
import { absentable, Metadata } from '#contract/vocabulary'

const KIND = 'voucher_option_category'

const fields = {
  name: everyLanguage(),
  description: everyLanguage(),
  is_active: absentable(z.boolean()).meta({ description: 'True when left out.' }),
  ranking: absentable(z.int()).meta({ description: 'Order of display; 1 when left out.' }),
  min_number_options: absentable(z.int().min(0)).meta({
    description: 'How many options a buyer has to choose at least.',
  }),
  max_number_options: absentable(z.int().min(0)).meta({
    description: 'How many options a buyer may choose at most.',
  }),
  partner_uuid: z.uuid().meta({ examples: ['baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'] }),
}

const example = {
  name: inEveryLanguage('Category'),
  description: inEveryLanguage('Description'),
  is_active: true,
  ranking: 10,
  min_number_options: 1,
  max_number_options: 10,
  partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
}

export const VoucherOptionCategoryChanges = z
  .strictObject(fields)
  .meta({ id: 'VoucherOptionCategoryChanges', examples: [example] })

export const VoucherOptionCategoryInput = z
  .strictObject({ ...fields, metadata: absentable(Metadata) })
  .meta({ id: 'VoucherOptionCategoryRequest', examples: [example] })

export const VoucherOptionCategory = createdObject(KIND, {
  name: Translations,
  description: Translations,
  is_active: z.boolean().nullable(),
  ranking: z.number().nullable(),
  min_number_options: z.number().nullable(),
  max_number_options: z.number().nullable(),
  partner_id: z.string().nullable(),
  partner_uuid: z.string().nullable(),
}).meta({ id: 'VoucherOptionCategory', description: 'What the options of a voucher are sorted by.' })
