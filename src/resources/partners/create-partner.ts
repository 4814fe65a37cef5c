import type { z } from 'zod'
import { Partner, type PartnerRequest } from '#contract/partners'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { demandBorn } from '#resources/partners/born-before'
import { idOrNull } from '#resources/partners/check-partner'
import { askMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { performOnce, previewAt } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import type { Services } from '#services'

const PARTNER = 'partner'
const operation = 'partners.create'

/** The partner that has this SIRET already, so that it is not taken for the one that is about to be made. */
async function existingWith(
  services: Services,
  call: Call,
  siret_number: string | null | undefined,
): Promise<string | null> {
  return siret_number ? idOrNull(askMybeezbox(services, call, 'partners.check', { siret_number })) : null
}

/** Makes a partner: written down first, sent once. Its bank account is passed on and not kept. */
export async function createPartner(
  services: Services,
  call: Call,
  { metadata, ...draft }: z.output<typeof PartnerRequest>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  demandBorn(services, draft)
  if (query.preview === 'true')
    return previewAt(services, call, { operation, input: { ...draft, existing_id: null } })
  return performOnce(services, call, async () => ({
    operation,
    input: { ...draft, existing_id: await existingWith(services, call, draft.siret_number) },
    about: { kind: PARTNER, metadata },
    done: partner => respond(Partner, madeNow(call, PARTNER, partner, metadata), { status: 201 }),
  }))
}
