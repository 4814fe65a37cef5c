import type { z } from 'zod'
import type { GiftCard } from '#contract/gift-cards'
import type { Call } from '#http/caller'
import { isNotThere } from '#resources/provider-objects/not-there'
import { askMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

/** All gift cards, or the one with this code; none when there is no such code. */
export async function findGiftCards(
  services: Services,
  call: Call,
  code: string | undefined,
): Promise<z.output<typeof GiftCard>[]> {
  const cards =
    code === undefined
      ? await askMybeezbox(services, call, 'giftcards.list', {})
      : await cardsWithCode(services, call, code)
  return cards.map(card => shown(call, 'gift_card', card))
}

async function cardsWithCode(services: Services, call: Call, code: string) {
  try {
    return [await askMybeezbox(services, call, 'giftcards.getByCode', { code })]
  } catch (err) {
    if (isNotThere(err)) return []
    throw err
  }
}
