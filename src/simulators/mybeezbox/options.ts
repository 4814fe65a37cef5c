import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byName } from '#simulators/core/magic'
import type { Store } from '#simulators/core/store'
import { read } from '#simulators/mybeezbox/dialect'
import {
  englishName,
  everywhere,
  flag,
  inAllLanguages,
  PARTNER,
  price,
  uuid,
} from '#simulators/mybeezbox/fields'
import {
  byPath,
  createEndpoint,
  openRows,
  readEndpoints,
  rowAt,
  type Rows,
} from '#simulators/mybeezbox/records'

/** Section "Create an option". */
const OptionBody = z.strictObject({
  ...inAllLanguages('name'),
  ...inAllLanguages('description'),
  selling_price: price,
  is_active: flag,
  countable: flag,
  is_global: flag,
  ranking: z.int().optional(),
  partner_uuid: uuid.optional(),
  voucher_prototypes_ids: z.array(z.int()).optional(),
  category_id: z.int().nullish(),
})

/** Section "Update option by its ID": another body than that of the creation. */
const Chosen = z.strictObject({
  count: z.int().min(0),
  included: z.boolean(),
  option: z.record(z.string(), z.unknown()),
})

const defaults = {
  is_active: true,
  countable: false,
  is_global: false,
  ranking: 1,
  voucher_prototypes_ids: [],
  category_id: null,
}

export function openOptions(store: Store): Rows {
  const sample = {
    id: 1,
    ...everywhere('name', 'Option'),
    ...everywhere('description', 'Description'),
    selling_price: 10.5,
    ...defaults,
    ...PARTNER,
    voucher_prototypes_ids: [1],
  }
  return openRows(store, 'options', [sample])
}

function updateOption(rows: Rows): Endpoint {
  return {
    operation: 'options.update',
    method: 'PUT',
    path: '/voucheroptions/:id/',
    effect: 'kept',
    renamed: ['id', 'uuid'],
    accept: call => {
      const { id } = rowAt(rows, call)
      const chosen = read(Chosen, call.body)
      return { triggers: byPath(call), apply: () => ({ status: 200, body: { id, ...chosen } }) }
    },
  }
}

export function optionEndpoints(store: Store, rows: Rows): Endpoint[] {
  const kind = { noun: 'options', path: '/voucheroptions/', rows }
  const create = createEndpoint({
    ...kind,
    store,
    body: OptionBody,
    row: (id, body) => ({ id, ...defaults, ...PARTNER, ...body }),
    triggers: body => [byName(englishName(body))],
  })
  return [create, ...readEndpoints(kind), updateOption(rows)]
}
