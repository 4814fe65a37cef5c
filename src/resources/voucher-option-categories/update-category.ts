import type { Call } from '#http/caller'
import { askAboutOne } from '#resources/provider-objects/at-mybeezbox'
import { shownOne } from '#resources/provider-objects/show'
import type { Input } from '#providers/port/index'
import { CATEGORY } from '#resources/voucher-option-categories/read-categories'
import type { Services } from '#services'

/** Replaces an option category; doing so again changes nothing. */
export async function updateCategory(services: Services, call: Call, input: Input<'categories.update'>) {
  return shownOne(services, call, CATEGORY, await askAboutOne(services, call, 'categories.update', input))
}
