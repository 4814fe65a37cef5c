import { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import {
  detailed,
  Id,
  OptionalFlag,
  OptionalId,
  OptionalNumber,
  spellTranslations,
  translationsOf,
  WHOLE_ARRAY_BYTES,
} from '#providers/mybeezbox/dialect'
import type { CategoryDraft, ProviderCategory } from '#providers/port/categories'
import type { Implements } from '#providers/port/index'
import type { RequestBody } from '#providers/port/upstream'
import { withoutNulls } from '#providers/port/sendable'

const Category = detailed(
  {
    id: Id,
    is_active: OptionalFlag,
    ranking: OptionalNumber,
    min_number_options: OptionalNumber,
    max_number_options: OptionalNumber,
    partner: OptionalId,
    partner_uuid: OptionalText,
  },
  raw => ({ name: translationsOf(raw, 'name'), description: translationsOf(raw, 'description') }),
)

export const mybeezboxCategories = {
  'categories.create': async (client, draft) =>
    fromCategory(await client.call('categories.create', { body: toBody(draft) }, Category)),
  'categories.list': async client => {
    const request = { maxBytes: WHOLE_ARRAY_BYTES }
    return (await client.call('categories.list', request, z.array(Category))).map(fromCategory)
  },
  'categories.get': async (client, { id }) =>
    fromCategory(await client.call('categories.get', { params: { id } }, Category)),
  'categories.update': async (client, { id, changes }) => {
    const request = { params: { id }, body: toBody(changes) }
    return fromCategory(await client.call('categories.update', request, Category))
  },
} satisfies Implements<MybeezboxClient>

function toBody({ name, description, ...plain }: CategoryDraft): RequestBody {
  const value = { ...spellTranslations({ name, description }), ...withoutNulls<unknown>(plain) }
  return { kind: 'json', value }
}

function fromCategory({ partner, ...category }: z.output<typeof Category>): ProviderCategory {
  return { ...category, partner_id: partner }
}
