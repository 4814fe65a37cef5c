import type { z } from 'zod'
import { Partner, type PartnerRequest } from '#contract/partners'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { demandBorn } from '#resources/partners/born-before'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import type { Services } from '#services'

const PARTNER = 'partner'

/** Makes a partner: written down first, sent once. Its bank account is passed on and not kept. */
export async function createPartner(
  services: Services,
  call: Call,
  { metadata, ...input }: z.output<typeof PartnerRequest>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  demandBorn(services, input)
  return performOrPreview(services, call, query, {
    operation: 'partners.create',
    input,
    about: { kind: PARTNER, metadata },
    done: partner => respond(Partner, madeNow(call, PARTNER, partner, metadata), { status: 201 }),
  })
}
