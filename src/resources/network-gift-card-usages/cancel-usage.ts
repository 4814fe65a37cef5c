import type { z } from 'zod'
import { NetworkGiftCardUsage } from '#contract/network-gift-card-usages'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import type { Input } from '#providers/port/index'
import { USAGE } from '#resources/network-gift-cards/read-cards'
import type { Deed } from '#resources/provider-objects/perform-at'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import type { Services } from '#services'

/** Takes a use back: written down first, sent once. */
export function cancelUsage(
  services: Services,
  call: Call,
  input: Input<'networkGiftcards.cancelUsage'>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  const deed: Deed<'networkGiftcards.cancelUsage'> = {
    operation: 'networkGiftcards.cancelUsage',
    input,
    done: usage => respond(NetworkGiftCardUsage, madeNow(call, USAGE, usage, {})),
  }
  return performOrPreview(services, call, query, deed, { target: { kind: USAGE, id: input.id } })
}
