import { z } from 'zod'
import { isPlainDate } from '#values/dates'
import type { Endpoint } from '#simulators/core/endpoint'
import { byName } from '#simulators/core/magic'
import type { Store } from '#simulators/core/store'
import { invalid } from '#simulators/mybeezbox/dialect'
import {
  count,
  englishName,
  everywhere,
  flag,
  inAllLanguages,
  inAnyLanguage,
  PARTNER,
  price,
  uuid,
} from '#simulators/mybeezbox/fields'
import {
  createEndpoint,
  type Kind,
  openRows,
  readEndpoints,
  replaceEndpoint,
  rowAt,
  type Rows,
  reads,
} from '#simulators/mybeezbox/records'

const amount = price.nullish()

/** Section "Create a voucher prototype". */
const PrototypeBody = z.strictObject({
  ...inAllLanguages('name'),
  ...inAllLanguages('description'),
  ...inAllLanguages('long_description'),
  ...inAnyLanguage('rent_conditions', 100_000),
  ...inAnyLanguage('how_to_book_html', 100_000),
  ...inAnyLanguage('pdf_description', 300),
  is_active: flag,
  type: z.enum(['stay', 'standard', 'fixed_stay']),
  is_highlight: flag,
  price_scope: count,
  max_capacity: count,
  min_capacity: count,
  stay_price: price,
  adults_price: amount,
  children_price: amount,
  baby_price: amount,
  partner_uuid: uuid.optional(),
  universe: z.int(),
  environment: z.int().optional(),
  last_active_day: z.string().refine(isPlainDate).nullish(),
  ranking: count,
  images: z.array(z.int()).optional(),
  cover_image: z.int().nullish(),
})

const defaults = {
  ...everywhere('rent_conditions', null),
  ...everywhere('how_to_book_html', null),
  ...everywhere('pdf_description', null),
  is_active: false,
  is_highlight: false,
  price_scope: 1,
  max_capacity: 0,
  min_capacity: 1,
  adults_price: null,
  children_price: null,
  baby_price: null,
  environment: null,
  last_active_day: null,
  ranking: 1,
  nb_orders: 0,
  images: [],
  cover_image: null,
}

export function openPrototypes(store: Store): Rows {
  const sample = {
    id: 1,
    ...everywhere('name', 'Prototype'),
    ...everywhere('description', 'Description'),
    ...everywhere('long_description', 'Long description'),
    ...defaults,
    type: 'stay',
    stay_price: 10.5,
    universe: 1,
    ...PARTNER,
  }
  return openRows(store, 'prototypes', [sample])
}

/** `options` and `media` are those that a prototype may name. */
export function prototypeEndpoints(
  store: Store,
  { prototypes: rows, options, media }: { prototypes: Rows; options: Rows; media: Rows },
): Endpoint[] {
  const kind: Kind<typeof PrototypeBody> = {
    noun: 'prototypes',
    path: '/voucherprototypes/',
    rows,
    store,
    body: PrototypeBody,
    check: ({ images = [], cover_image }) => {
      const unknown = (id: number) => media.get(id) === undefined
      if (images.some(unknown)) throw invalid({ images: ['This media does not exist.'] })
      if (cover_image && unknown(cover_image)) throw invalid({ cover_image: ['This media does not exist.'] })
    },
    row: (id, body) => ({ id, ...defaults, ...PARTNER, ...body }),
    triggers: body => [byName(englishName(body))],
  }
  const optionsOf = reads({
    operation: 'prototypes.options',
    path: '/voucherprototypes/:id/options/',
    find: call => {
      const { id } = rowAt(rows, call)
      const names = (option: Readonly<Record<string, unknown>>) => {
        const ids = option['voucher_prototypes_ids']
        return option['is_global'] === true || (Array.isArray(ids) && ids.includes(id))
      }
      return options.all().filter(names)
    },
  })
  return [createEndpoint(kind), ...readEndpoints(kind), replaceEndpoint(kind), optionsOf]
}
