import type { z } from 'zod'
import type { ListQuery, SingleQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { askMybeezbox, readOne } from '#resources/provider-objects/at-mybeezbox'
import { listMade, shownOne } from '#resources/provider-objects/show'
import type { Services } from '#services'

export const OPTION = 'voucher_option'

/** All options, as MyBeezBox lists them now. */
export function listOptions(services: Services, call: Call, query: ListQuery) {
  const request = { kind: OPTION, list: 'voucher-options', query } as const
  return listMade(services, call, request, () => askMybeezbox(services, call, 'options.list', {}))
}

/** One option, as it is at MyBeezBox now. */
export function getOption(
  services: Services,
  call: Call,
  id: string,
  query: z.output<typeof SingleQuery> = {},
) {
  const request = { operation: 'options.get', input: { id }, query } as const
  return readOne(services, call, request, value => shownOne(services, call, OPTION, value))
}
