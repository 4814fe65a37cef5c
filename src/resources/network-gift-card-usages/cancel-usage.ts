import type { z } from 'zod'
import { NetworkGiftCardUsage } from '#contract/network-gift-card-usages'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import type { Input } from '#providers/port/index'
import { USAGE } from '#resources/network-gift-cards/read-cards'
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
  return performOrPreview(services, call, query, {
    operation: 'networkGiftcards.cancelUsage',
    input,
    done: usage => respond(NetworkGiftCardUsage, madeNow(call, USAGE, usage, {})),
  })
}
