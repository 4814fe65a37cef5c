import { z } from 'zod'
import { prototypeTypes } from '#contract/voucher-prototypes'
import { OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import {
  decimalOf,
  detailed,
  Id,
  Ids,
  OptionalDay,
  OptionalEuros,
  OptionalFlag,
  OptionalId,
  OptionalNumber,
  spellTranslations,
  translationsOf,
  WHOLE_ARRAY_BYTES,
} from '#providers/mybeezbox/dialect'
import { fromOption, Option } from '#providers/mybeezbox/options'
import type { Implements } from '#providers/port/index'
import type { ProviderPrototype, PrototypeDraft } from '#providers/port/prototypes'
import { withoutNulls } from '#providers/port/sendable'

const Prototype = detailed(
  {
    id: Id,
    type: OptionalText,
    is_active: OptionalFlag,
    is_highlight: OptionalFlag,
    price_scope: OptionalNumber,
    max_capacity: OptionalNumber,
    min_capacity: OptionalNumber,
    stay_price: OptionalEuros,
    adults_price: OptionalEuros,
    children_price: OptionalEuros,
    baby_price: OptionalEuros,
    partner: OptionalId,
    partner_uuid: OptionalText,
    universe: OptionalId,
    environment: OptionalId,
    last_active_day: OptionalDay,
    ranking: OptionalNumber,
    nb_orders: OptionalNumber,
    images: Ids,
    cover_image: OptionalId,
  },
  raw => ({
    name: translationsOf(raw, 'name'),
    description: translationsOf(raw, 'description'),
    long_description: translationsOf(raw, 'long_description'),
    rent_conditions: translationsOf(raw, 'rent_conditions'),
    how_to_book_html: translationsOf(raw, 'how_to_book_html'),
    pdf_description: translationsOf(raw, 'pdf_description'),
  }),
)

export const mybeezboxPrototypes = {
  'prototypes.create': async (client, draft) => {
    const body = { kind: 'json', value: toFields(draft) } as const
    return fromPrototype(await client.call('prototypes.create', { body }, Prototype))
  },
  'prototypes.list': async client => {
    const request = { maxBytes: WHOLE_ARRAY_BYTES }
    return (await client.call('prototypes.list', request, z.array(Prototype))).map(fromPrototype)
  },
  'prototypes.get': async (client, { id }) =>
    fromPrototype(await client.call('prototypes.get', { params: { id } }, Prototype)),
  'prototypes.update': async (client, { id, changes }) => {
    // "Set this to null if you want to remove the cover image".
    const value = { cover_image: null, ...toFields(changes) }
    const request = { params: { id }, body: { kind: 'json', value } } as const
    return fromPrototype(await client.call('prototypes.update', request, Prototype))
  },
  'prototypes.options': async (client, { id }) =>
    (await client.call('prototypes.options', { params: { id } }, z.array(Option))).map(fromOption),
} satisfies Implements<MybeezboxClient>

const price = (money: PrototypeDraft['adults_price']) => (money ? decimalOf(money) : null)
const number = (id: string | null | undefined) => (id ? Number(id) : null)

function toFields(draft: PrototypeDraft): Record<string, unknown> {
  const { name, description, long_description, rent_conditions, how_to_book_html, pdf_description, ...rest } =
    draft
  const { stay_price, adults_price, children_price, baby_price, ...others } = rest
  const { universe_id, environment_id, image_ids, cover_image_id, ...plain } = others
  const maps = {
    ...{ name, description, long_description },
    rent_conditions: rent_conditions ?? null,
    how_to_book_html: how_to_book_html ?? null,
    pdf_description: pdf_description ?? null,
  }
  return {
    ...spellTranslations(maps),
    ...withoutNulls<unknown>({
      ...plain,
      stay_price: decimalOf(stay_price),
      adults_price: price(adults_price),
      children_price: price(children_price),
      baby_price: price(baby_price),
      universe: number(universe_id),
      environment: number(environment_id),
      images: image_ids?.map(Number) ?? null,
      cover_image: number(cover_image_id),
    }),
  }
}

function fromPrototype(prototype: z.output<typeof Prototype>): ProviderPrototype {
  const { type, partner, universe, environment, nb_orders, images, cover_image, ...same } = prototype
  return {
    ...same,
    type: prototypeTypes.find(known => known === type) ?? 'other',
    provider_type: type,
    partner_id: partner,
    universe_id: universe,
    environment_id: environment,
    order_count: nb_orders,
    image_ids: images,
    cover_image_id: cover_image,
  }
}
