import type { z } from 'zod'
import type { ListQuery, SingleQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { askAboutOne, askMybeezbox, readOne } from '#resources/provider-objects/at-mybeezbox'
import { listMade, shownOne } from '#resources/provider-objects/show'
import type { Services } from '#services'

export const PROTOTYPE = 'voucher_prototype'

/** All prototypes, as MyBeezBox lists them now. */
export function listPrototypes(services: Services, call: Call, query: ListQuery) {
  const request = { kind: PROTOTYPE, list: 'voucher-prototypes', query } as const
  return listMade(services, call, request, () => askMybeezbox(services, call, 'prototypes.list', {}))
}

/** One prototype, as it is at MyBeezBox now. */
export function getPrototype(
  services: Services,
  call: Call,
  id: string,
  query: z.output<typeof SingleQuery> = {},
) {
  const request = { operation: 'prototypes.get', input: { id }, query } as const
  return readOne(services, call, request, value => shownOne(services, call, PROTOTYPE, value))
}

/** The options that go with a prototype. Throws `not_found` when there is no such prototype. */
export function listPrototypeOptions(services: Services, call: Call, id: string, query: ListQuery) {
  const request = { kind: 'voucher_option', list: `voucher-prototypes/${id}/options`, query } as const
  return listMade(services, call, request, () => askAboutOne(services, call, 'prototypes.options', { id }))
}
