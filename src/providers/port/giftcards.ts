import type { z } from 'zod'
import type { GiftCard } from '#contract/gift-cards'
import type { Told } from '#providers/port/provider-objects'

export type ProviderGiftcard = Told<z.output<typeof GiftCard>>

export interface GiftcardOperations {
  'giftcards.list': (all: Record<string, never>) => Promise<readonly ProviderGiftcard[]>
  'giftcards.get': (at: { id: string }) => Promise<ProviderGiftcard>
  'giftcards.getByCode': (by: { code: string }) => Promise<ProviderGiftcard>
}
