import type { z } from 'zod'
import type { ListQuery, SingleQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { askMybeezbox, readOne } from '#resources/provider-objects/at-mybeezbox'
import { listMade, shownOne } from '#resources/provider-objects/show'
import type { Services } from '#services'

export const CATEGORY = 'voucher_option_category'

/** All option categories, as MyBeezBox lists them now. */
export function listCategories(services: Services, call: Call, query: ListQuery) {
  const request = { kind: CATEGORY, list: 'voucher-option-categories', query } as const
  return listMade(services, call, request, () => askMybeezbox(services, call, 'categories.list', {}))
}

/** One option category, as it is at MyBeezBox now. */
export function getCategory(
  services: Services,
  call: Call,
  id: string,
  query: z.output<typeof SingleQuery> = {},
) {
  const request = { operation: 'categories.get', input: { id }, query } as const
  return readOne(services, call, request, value => shownOne(services, call, CATEGORY, value))
}
