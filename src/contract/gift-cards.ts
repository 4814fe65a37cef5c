import { z } from 'zod'
import { providerObject } from '#contract/provider-objects'
import { ListQuery, Money, text, Timestamp } from '#contract/vocabulary'

/** The provider's words for a gift card, which its document shows one of, as ours. */
export const giftCardStates = ['paid', 'other'] as const

export const GiftCard = providerObject('gift_card', {
  code: z
    .string()
    .nullable()
    .meta({ examples: ['NGCasdf123'] }),
  state: z.enum(giftCardStates),
  provider_state: z.string().nullable().meta({ description: "The provider's own word." }),
  value: Money.nullable(),
  remaining_value: Money.nullable(),
  gifter_first_name: z.string().nullable(),
  gifter_last_name: z.string().nullable(),
  created_at: Timestamp.nullable(),
  expires_at: Timestamp.nullable(),
}).meta({ id: 'GiftCard', description: 'A gift card of one shop.' })

export const GiftCardQuery = ListQuery.extend({
  code: text(64)
    .exactOptional()
    .meta({ description: 'The card with this code, or none.', examples: ['NGCasdf123'] }),
})
