import type { z } from 'zod'
import { NetworkGiftCardUsage, type NetworkGiftCardUsageRequest } from '#contract/network-gift-card-usages'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import type { ProviderNetworkGiftcardUsage } from '#providers/port/network-giftcards'
import { demandRemaining } from '#resources/network-gift-cards/demand-remaining'
import { USAGE } from '#resources/network-gift-cards/read-cards'
import { OPERATION_ID } from '#resources/provider-objects/journaled'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import type { Services } from '#services'

interface Use {
  readonly code: string
  readonly body: z.output<typeof NetworkGiftCardUsageRequest>
  readonly query: z.output<typeof PreviewQuery>
}

/**
 * Uses a card at a partner, whom the contract has named in exactly one way: written down first, sent once. Without a
 * reservation of the caller's own it goes under the id of the operation.
 */
export function useCard(services: Services, call: Call, { code, body, query }: Use): Promise<Answer> {
  const { metadata, partner_source_id, partner_id, reservation_id, ...draft } = body
  const reference = reservation_id ?? OPERATION_ID
  const input = { ...draft, code, reservation_id: reference }
  const told = {
    reference,
    about: { kind: USAGE, metadata },
    done: (usage: ProviderNetworkGiftcardUsage) => {
      const headers = { location: `/v1/network-gift-cards/${code}/usages` }
      return respond(NetworkGiftCardUsage, madeNow(call, USAGE, usage, metadata), { status: 201, headers })
    },
  }
  const checks = {
    target: { kind: 'network_gift_card', id: code },
    check: () => demandRemaining(services, call, code, body.value),
  }
  if (partner_id) {
    const operation = 'networkGiftcards.useWithPartnerId' as const
    return performOrPreview(
      services,
      call,
      query,
      { ...told, operation, input: { ...input, partner_id } },
      checks,
    )
  }
  const operation = 'networkGiftcards.use' as const
  const bySource = { ...input, partner_source_id: partner_source_id ?? '' }
  return performOrPreview(services, call, query, { ...told, operation, input: bySource }, checks)
}
