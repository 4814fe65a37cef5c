import type { ListQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { askAboutOne, askMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { listMade, shownOne } from '#resources/provider-objects/show'
import type { Services } from '#services'

export const OPTION = 'voucher_option'

/** All options, as MyBeezBox lists them now. */
export function listOptions(services: Services, call: Call, query: ListQuery) {
  const request = { kind: OPTION, list: 'voucher-options', query } as const
  return listMade(services, call, request, () => askMybeezbox(services, call, 'options.list', {}))
}

/** One option, as it is at MyBeezBox now. */
export async function getOption(services: Services, call: Call, id: string) {
  return shownOne(services, call, OPTION, await askAboutOne(services, call, 'options.get', { id }))
}
