import type { FastifyInstance } from 'fastify'
import { GiftCard, GiftCardQuery } from '#contract/gift-cards'
import { ProviderObjectParams } from '#contract/provider-objects'
import { listOf, SingleQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { readOne } from '#resources/provider-objects/at-mybeezbox'
import { FROM_MYBEEZBOX, operationOf } from '#resources/provider-objects/documented'
import { listWhole, shown } from '#resources/provider-objects/show'
import { findGiftCards } from '#resources/gift-cards/find-gift-cards'
import type { Services } from '#services'

const tag = 'Gift cards'
const GiftCards = listOf(GiftCard, 'Gift cards.')

export function giftCardRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/gift-cards',
    operationId: 'listGiftCards',
    tag,
    summary: 'List gift cards',
    description: 'Read at MyBeezBox, in its order. With `code`: the one card that has it, or none.',
    takes: { query: GiftCardQuery },
    answers: { 200: { description: 'A page of gift cards.', schema: GiftCards } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('giftcards.list', 'giftcards.getByCode'),
    handle: async ({ query }, call) => {
      const list = 'gift-cards'
      const page = await listWhole(services, call, { list, query }, () =>
        findGiftCards(services, call, query.code),
      )
      return respond(GiftCards, page)
    },
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/gift-cards/{id}',
    operationId: 'getGiftCard',
    tag,
    summary: 'Get a gift card',
    description: 'Read at MyBeezBox.',
    takes: { params: ProviderObjectParams, query: SingleQuery },
    answers: { 200: { description: 'The gift card.', schema: GiftCard } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('giftcards.get'),
    handle: async ({ params: input, query }, call) => {
      const request = { operation: 'giftcards.get', input, query } as const
      return respond(GiftCard, await readOne(services, call, request, card => shown(call, 'gift_card', card)))
    },
  })
}
