import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byName } from '#simulators/core/magic'
import type { Store } from '#simulators/core/store'
import {
  count,
  englishName,
  everywhere,
  flag,
  inAllLanguages,
  PARTNER,
  uuid,
} from '#simulators/mybeezbox/fields'
import {
  createEndpoint,
  type Kind,
  openRows,
  readEndpoints,
  replaceEndpoint,
} from '#simulators/mybeezbox/records'

/** Section "Create a category". */
const CategoryBody = z.strictObject({
  ...inAllLanguages('name'),
  ...inAllLanguages('description'),
  is_active: flag,
  ranking: z.int().optional(),
  min_number_options: count,
  max_number_options: count,
  partner_uuid: uuid,
})

const defaults = { is_active: true, ranking: 1, min_number_options: null, max_number_options: null }

export function categoryEndpoints(store: Store): Endpoint[] {
  const sample = {
    id: 1,
    ...everywhere('name', 'Category'),
    ...everywhere('description', 'Description'),
    ...defaults,
    ...PARTNER,
  }
  const kind: Kind<typeof CategoryBody> = {
    noun: 'categories',
    path: '/voucheroptioncategories/',
    rows: openRows(store, 'categories', [sample]),
    store,
    body: CategoryBody,
    row: (id, body) => ({ id, ...defaults, ...body, partner: PARTNER.partner }),
    triggers: body => [byName(englishName(body))],
  }
  return [createEndpoint(kind), ...readEndpoints(kind), replaceEndpoint(kind)]
}
