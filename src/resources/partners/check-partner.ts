import type { z } from 'zod'
import type { PartnerCheckQuery } from '#contract/partners'
import type { Call } from '#http/caller'
import { askByQuery } from '#resources/provider-objects/at-mybeezbox'
import { isNotThere } from '#resources/provider-objects/not-there'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

/** The id of the partner that was asked for; null where MyBeezBox says that there is none. */
export async function idOrNull(asking: Promise<{ readonly id: string }>): Promise<string | null> {
  try {
    return (await asking).id
  } catch (err) {
    if (isNotThere(err)) return null
    throw err
  }
}

/** Whether there is a partner with this SIRET or commercial name. */
export async function checkPartner(services: Services, call: Call, by: z.output<typeof PartnerCheckQuery>) {
  const id = await idOrNull(askByQuery(services, call, 'partners.check', by))
  return shown(call, 'partner_check', { exists: id !== null, partner_id: id })
}
