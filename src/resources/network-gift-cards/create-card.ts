import type { z } from 'zod'
import { NetworkGiftCard, type NetworkGiftCardRequest } from '#contract/network-gift-cards'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { CARD } from '#resources/network-gift-cards/read-cards'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import type { Services } from '#services'

/** Makes a card: written down first, sent once. */
export function createCard(
  services: Services,
  call: Call,
  { metadata, ...input }: z.output<typeof NetworkGiftCardRequest>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  return performOrPreview(services, call, query, {
    operation: 'networkGiftcards.create',
    input,
    about: { kind: CARD, metadata },
    done: card => {
      const headers = { location: `/v1/network-gift-cards/${encodeURIComponent(card.code)}` }
      return respond(NetworkGiftCard, madeNow(call, CARD, card, metadata), { status: 201, headers })
    },
  })
}
