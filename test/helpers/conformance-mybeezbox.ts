import { GiftCard } from '#contract/gift-cards'
import { Permissions } from '#contract/permissions'
import { VoucherOptionCategory } from '#contract/voucher-option-categories'
import type { ExamplesOf } from '#test/conformance-cases'
import { fixture } from '#test/fixture'

const documented = (name: string) => fixture('mybeezbox', name)

/** The partner of every sample of the document. */
export const PARTNER_UUID = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'

const name = {
  en: 'Category',
  fr: 'Catégorie',
  es: 'Categoría',
  it: 'Categoria',
  de: 'Kategorie',
  nl: 'Categorie',
  ca: 'Categoria',
  pt: 'Categoria',
}
const description = {
  en: 'Description',
  fr: 'Description',
  es: 'Descripción',
  it: 'Descrizione',
  de: 'Beschreibung',
  nl: 'Beschrijving',
  ca: 'Descripció',
  pt: 'string',
}
const category = {
  name,
  description,
  is_active: true,
  ranking: 10,
  min_number_options: 10,
  max_number_options: 10,
  partner_uuid: PARTNER_UUID,
}

/** What the samples of the document tell it; at the simulator the same objects are there from the start. */
export const mybeezboxInputs = {
  'auth.permissions': {},
  'giftcards.list': {},
  'giftcards.get': { id: '1' },
  'giftcards.getByCode': { code: 'NGCasdf123' },
  'categories.create': category,
  'categories.list': {},
  'categories.get': { id: '1' },
  'categories.update': { id: '1', changes: category },
}

/** The documented answer of each. */
export function mybeezboxExamples(): ExamplesOf<'mybeezbox'> {
  const giftcard = documented('giftcards.get.ok')
  const oneCategory = documented('categories.get.ok')
  const inputs = mybeezboxInputs
  return {
    'auth.permissions': [{ input: inputs['auth.permissions'], answers: [documented('auth.permissions.ok')] }],
    'giftcards.list': [{ input: inputs['giftcards.list'], answers: [[giftcard]] }],
    'giftcards.get': [{ input: inputs['giftcards.get'], answers: [giftcard] }],
    'giftcards.getByCode': [{ input: inputs['giftcards.getByCode'], answers: [giftcard] }],
    'categories.create': [{ input: inputs['categories.create'], answers: [oneCategory] }],
    'categories.list': [{ input: inputs['categories.list'], answers: [[oneCategory]] }],
    'categories.get': [{ input: inputs['categories.get'], answers: [oneCategory] }],
    'categories.update': [{ input: inputs['categories.update'], answers: [oneCategory] }],
  }
}

const ours = { object: true, mode: true, provider: true } as const
const card = GiftCard.omit(ours)
const sorted = VoucherOptionCategory.omit({ ...ours, metadata: true })

/** What the port promises is what the contract does, without what is ours. */
export const mybeezboxShapes = {
  'auth.permissions': Permissions.omit(ours),
  'giftcards.list': card.array(),
  'giftcards.get': card,
  'giftcards.getByCode': card,
  'categories.create': sorted,
  'categories.list': sorted.array(),
  'categories.get': sorted,
  'categories.update': sorted,
}
