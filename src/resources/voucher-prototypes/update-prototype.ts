import type { Call } from '#http/caller'
import type { Input } from '#providers/port/index'
import { askAboutOne } from '#resources/provider-objects/at-mybeezbox'
import { shownOne } from '#resources/provider-objects/show'
import { PROTOTYPE } from '#resources/voucher-prototypes/read-prototypes'
import type { Services } from '#services'

/** Replaces a prototype; doing so again changes nothing. */
export async function updatePrototype(services: Services, call: Call, input: Input<'prototypes.update'>) {
  return shownOne(services, call, PROTOTYPE, await askAboutOne(services, call, 'prototypes.update', input))
}
