import type { Call } from '#http/caller'
import type { Input } from '#providers/port/index'
import { askAboutOne } from '#resources/provider-objects/at-mybeezbox'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

/** Says what a partner of the network takes; doing so again changes nothing. */
export async function updateNetworkPartner(
  services: Services,
  call: Call,
  changes: Input<'networkPartners.update'>,
) {
  const settings = await askAboutOne(services, call, 'networkPartners.update', changes)
  return shown(call, 'network_partner_settings', settings)
}
