import type { z } from 'zod'
import { NetworkPartner, type NetworkPartnerRequest } from '#contract/network-partners'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { demandBorn } from '#resources/partners/born-before'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import type { Services } from '#services'

const NETWORK_PARTNER = 'network_partner'

/** Makes a partner of the network: written down first, sent once. */
export async function createNetworkPartner(
  services: Services,
  call: Call,
  { metadata, ...input }: z.output<typeof NetworkPartnerRequest>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  demandBorn(services, input)
  return performOrPreview(services, call, query, {
    operation: 'networkPartners.create',
    input,
    about: { kind: NETWORK_PARTNER, metadata },
    done: partner =>
      respond(NetworkPartner, madeNow(call, NETWORK_PARTNER, partner, metadata), { status: 201 }),
  })
}
