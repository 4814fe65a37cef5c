import type { ListQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { askAboutOne, askMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { listMade, shownOne } from '#resources/provider-objects/show'
import type { Services } from '#services'

export const PROTOTYPE = 'voucher_prototype'

/** All prototypes, as MyBeezBox lists them now. */
export function listPrototypes(services: Services, call: Call, query: ListQuery) {
  const request = { kind: PROTOTYPE, list: 'voucher-prototypes', query } as const
  return listMade(services, call, request, () => askMybeezbox(services, call, 'prototypes.list', {}))
}

/** One prototype, as it is at MyBeezBox now. */
export async function getPrototype(services: Services, call: Call, id: string) {
  return shownOne(services, call, PROTOTYPE, await askAboutOne(services, call, 'prototypes.get', { id }))
}

/** The options that go with a prototype. Throws `not_found` when there is no such prototype. */
export function listPrototypeOptions(services: Services, call: Call, id: string, query: ListQuery) {
  const request = { kind: 'voucher_option', list: `voucher-prototypes/${id}/options`, query } as const
  return listMade(services, call, request, () => askAboutOne(services, call, 'prototypes.options', { id }))
}
