import type { z } from 'zod'
import type { ByEmailQuery } from '#contract/network-vouchers'
import type { ListQuery, SingleQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { askAboutOne, askMybeezbox, readOne } from '#resources/provider-objects/at-mybeezbox'
import { listMade, shownOne } from '#resources/provider-objects/show'
import type { Services } from '#services'

export const CARD = 'network_gift_card'
export const USAGE = 'network_gift_card_usage'

/** The cards that a person gave or got, as MyBeezBox lists them now. */
export function listCards(services: Services, call: Call, query: z.output<typeof ByEmailQuery>) {
  const { email } = query
  const request = { kind: CARD, list: 'network-gift-cards', query } as const
  return listMade(services, call, request, () =>
    askMybeezbox(services, call, 'networkGiftcards.listByEmail', { email }),
  )
}

/** One card, as it is at MyBeezBox now. */
export function getCard(
  services: Services,
  call: Call,
  by: { readonly code: string },
  query: z.output<typeof SingleQuery>,
) {
  const request = { operation: 'networkGiftcards.getByCode', input: by, query } as const
  return readOne(services, call, request, card => shownOne(services, call, CARD, card))
}

/** The uses of a card, cancelled ones too. */
export function listUsages(services: Services, call: Call, of: { readonly code: string }, query: ListQuery) {
  const request = { kind: USAGE, list: `network-gift-cards/${of.code}/usages`, query } as const
  return listMade(services, call, request, () => askAboutOne(services, call, 'networkGiftcards.usages', of))
}
