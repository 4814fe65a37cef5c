import type { z } from 'zod'
import type {
  CancelUsageRequest,
  NetworkGiftCardUsage,
  NetworkGiftCardUsageRequest,
} from '#contract/network-gift-card-usages'
import type { NetworkGiftCard, NetworkGiftCardRequest } from '#contract/network-gift-cards'
import type { Asked, Told } from '#providers/port/provider-objects'

export type NetworkGiftcardDraft = Asked<z.output<typeof NetworkGiftCardRequest>>
export type ProviderNetworkGiftcard = Told<z.output<typeof NetworkGiftCard>>
export type ProviderNetworkGiftcardUsage = Told<z.output<typeof NetworkGiftCardUsage>>

type UsageRequest = z.output<typeof NetworkGiftCardUsageRequest>
/** A use of the card with this code; `reservation_id` is what it is found again by. */
export type UsageDraft = Omit<
  UsageRequest,
  'metadata' | 'partner_id' | 'partner_source_id' | 'reservation_id'
> & {
  readonly code: string
  readonly reservation_id: string
}

/** Gift cards that every partner of the network takes. */
export interface NetworkGiftcardOperations {
  'networkGiftcards.create': (draft: NetworkGiftcardDraft) => Promise<ProviderNetworkGiftcard>
  'networkGiftcards.getByCode': (by: { code: string }) => Promise<ProviderNetworkGiftcard>
  'networkGiftcards.listByEmail': (by: { email: string }) => Promise<readonly ProviderNetworkGiftcard[]>
  'networkGiftcards.usages': (of: { code: string }) => Promise<readonly ProviderNetworkGiftcardUsage[]>
  'networkGiftcards.use': (
    draft: UsageDraft & { partner_source_id: string },
  ) => Promise<ProviderNetworkGiftcardUsage>
  'networkGiftcards.useWithPartnerId': (
    draft: UsageDraft & { partner_id: string },
  ) => Promise<ProviderNetworkGiftcardUsage>
  /** Only of one that no payout contains. */
  'networkGiftcards.cancelUsage': (
    input: { id: string } & z.output<typeof CancelUsageRequest>,
  ) => Promise<ProviderNetworkGiftcardUsage>
}
