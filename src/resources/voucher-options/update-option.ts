import type { Call } from '#http/caller'
import type { Input } from '#providers/port/index'
import { askAboutOne } from '#resources/provider-objects/at-mybeezbox'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

/** Says how often an option was chosen; doing so again changes nothing. */
export async function updateOption(services: Services, call: Call, input: Input<'options.update'>) {
  const chosen = await askAboutOne(services, call, 'options.update', input)
  return shown(call, 'chosen_voucher_option', chosen)
}
