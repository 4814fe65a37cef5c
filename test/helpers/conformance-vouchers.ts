import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Media } from '#contract/media'
import { ChosenVoucherOption, VoucherOption } from '#contract/voucher-options'
import { VoucherOptionCategory } from '#contract/voucher-option-categories'
import { VoucherPrototype } from '#contract/voucher-prototypes'
import { Voucher } from '#contract/vouchers'
import { fixture } from '#test/fixture'

const documented = (name: string) => fixture('mybeezbox', name)

/** The partner of every sample of the document. */
export const PARTNER_UUID = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'

const category = {
  name: {
    en: 'Category',
    fr: 'Catégorie',
    es: 'Categoría',
    it: 'Categoria',
    de: 'Kategorie',
    nl: 'Categorie',
    ca: 'Categoria',
    pt: 'Categoria',
  },
  description: {
    en: 'Description',
    fr: 'Description',
    es: 'Descripción',
    it: 'Descrizione',
    de: 'Beschreibung',
    nl: 'Beschrijving',
    ca: 'Descripció',
    pt: 'string',
  },
  is_active: true,
  ranking: 10,
  min_number_options: 10,
  max_number_options: 10,
  partner_uuid: PARTNER_UUID,
}

const { name, description } = category

const option = {
  name,
  description,
  selling_price: { amount: 1_050, currency: 'EUR' as const },
  is_active: true,
  countable: false,
  is_global: false,
  ranking: 10,
  partner_uuid: PARTNER_UUID,
  prototype_ids: ['1'],
  category_id: '1',
}

const prototype = {
  name,
  description,
  long_description: description,
  rent_conditions: name,
  how_to_book_html: { en: '<p>Text (en)</p>' },
  pdf_description: { fr: 'Texte' },
  type: 'stay' as const,
  is_active: false,
  is_highlight: false,
  price_scope: 1,
  max_capacity: 0,
  min_capacity: 1,
  stay_price: { amount: 1_050, currency: 'EUR' as const },
  adults_price: { amount: 500, currency: 'EUR' as const },
  children_price: { amount: 250, currency: 'EUR' as const },
  baby_price: { amount: 0, currency: 'EUR' as const },
  partner_uuid: PARTNER_UUID,
  universe_id: '1',
  environment_id: '2',
  last_active_day: '2027-08-31',
  ranking: 1,
  image_ids: ['1'],
  cover_image_id: '1',
}

const file = {
  path: fileURLToPath(new URL('../providers/fixtures/pixel.png', import.meta.url)),
  filename: 'pixel.png',
  contentType: 'image/png',
}

/** What the samples of the document tell it; at the simulator the same objects are there from the start. */
export const voucherInputs = {
  'media.create': { name: 'Front', file },
  'media.list': {},
  'media.get': { id: '1' },
  'media.update': { id: '1', changes: { name: 'New media name' } },
  'vouchers.list': {
    page: 1,
    filters: {
      code: 'ghakvgngkq',
      voucher_prototype_name: 'Test univers 4',
      gifter: 'John Doe',
      giftee: 'John Doe',
      origin_url: 'https://www.mybeezbox.com',
    },
  },
  'vouchers.get': { code: 'ghakvgngkq' },
  'vouchers.update': { code: 'ghakvgngkq', changes: { state: 'in_use' as const } },
  'prototypes.create': prototype,
  'prototypes.list': {},
  'prototypes.get': { id: '1' },
  'prototypes.update': { id: '1', changes: prototype },
  'prototypes.options': { id: '1' },
  'options.create': option,
  'options.list': {},
  'options.get': { id: '1' },
  'options.update': { id: '1', changes: { count: 1, included: true, option: { id: 1 } } },
  'categories.create': category,
  'categories.list': {},
  'categories.get': { id: '1' },
  'categories.update': { id: '1', changes: category },
}

/** The documented answer of each. */
export function voucherExamples() {
  const inputs = voucherInputs
  const media = { id: 1, name: 'New media name' }
  const voucher = documented('vouchers.get.ok')
  const onePrototype = documented('prototypes.get.ok')
  const oneOption = documented('options.get.ok')
  const oneCategory = documented('categories.get.ok')
  const page = { count: 1, has_next: false, current_page: 1, results: [voucher] }
  return {
    'media.create': [{ input: inputs['media.create'], answers: [media] }],
    'media.list': [{ input: inputs['media.list'], answers: [[media]] }],
    'media.get': [{ input: inputs['media.get'], answers: [media] }],
    'media.update': [{ input: inputs['media.update'], answers: [media] }],
    'vouchers.list': [
      { input: inputs['vouchers.list'], answers: [page] },
      { told: 'page after page', input: { page: 2, filters: {} }, answers: [documented('vouchers.list.ok')] },
    ],
    'vouchers.get': [{ input: inputs['vouchers.get'], answers: [voucher] }],
    'vouchers.update': [{ input: inputs['vouchers.update'], answers: [voucher] }],
    'prototypes.create': [{ input: inputs['prototypes.create'], answers: [onePrototype] }],
    'prototypes.list': [{ input: inputs['prototypes.list'], answers: [[onePrototype]] }],
    'prototypes.get': [{ input: inputs['prototypes.get'], answers: [onePrototype] }],
    'prototypes.update': [{ input: inputs['prototypes.update'], answers: [onePrototype] }],
    'prototypes.options': [{ input: inputs['prototypes.options'], answers: [[oneOption]] }],
    'options.create': [{ input: inputs['options.create'], answers: [oneOption] }],
    'options.list': [{ input: inputs['options.list'], answers: [[oneOption]] }],
    'options.get': [{ input: inputs['options.get'], answers: [oneOption] }],
    'options.update': [{ input: inputs['options.update'], answers: [documented('options.update.ok')] }],
    'categories.create': [{ input: inputs['categories.create'], answers: [oneCategory] }],
    'categories.list': [{ input: inputs['categories.list'], answers: [[oneCategory]] }],
    'categories.get': [{ input: inputs['categories.get'], answers: [oneCategory] }],
    'categories.update': [{ input: inputs['categories.update'], answers: [oneCategory] }],
  }
}

const count = z.int().min(0).nullable()
const ours = { object: true, mode: true, provider: true } as const
const made = { ...ours, metadata: true } as const
const media = Media.omit(ours)
const voucher = Voucher.omit(ours)
const aPrototype = VoucherPrototype.omit(made)
const anOption = VoucherOption.omit(made)
const aCategory = VoucherOptionCategory.omit(made)

/** What the port promises is what the contract does, without what is ours. */
export const voucherShapes = {
  'media.create': media,
  'media.list': media.array(),
  'media.get': media,
  'media.update': media,
  'vouchers.list': z.object({ items: voucher.array(), pages: count, total: count }),
  'vouchers.get': voucher,
  'vouchers.update': z.undefined(),
  'prototypes.create': aPrototype,
  'prototypes.list': aPrototype.array(),
  'prototypes.get': aPrototype,
  'prototypes.update': aPrototype,
  'prototypes.options': anOption.array(),
  'options.create': anOption,
  'options.list': anOption.array(),
  'options.get': anOption,
  'options.update': ChosenVoucherOption.omit(ours),
  'categories.create': aCategory,
  'categories.list': aCategory.array(),
  'categories.get': aCategory,
  'categories.update': aCategory,
}
