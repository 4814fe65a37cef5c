import type { FastifyInstance } from 'fastify'
import { NetworkGiftCardUsage, NetworkGiftCardUsageRequest } from '#contract/network-gift-card-usages'
import { NetworkGiftCard, NetworkGiftCardRequest } from '#contract/network-gift-cards'
import { ByEmailQuery, CodeParams } from '#contract/network-vouchers'
import { ListQuery, listOf, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { createCard } from '#resources/network-gift-cards/create-card'
import { getCard, listCards, listUsages } from '#resources/network-gift-cards/read-cards'
import { useCard } from '#resources/network-gift-cards/use-card'
import {
  FROM_MYBEEZBOX,
  ONCE,
  ONCE_ANSWERS,
  ONE_AT_A_TIME,
  operationOf,
} from '#resources/provider-objects/documented'
import type { Services } from '#services'

const tag = 'Network gift cards'
const Cards = listOf(NetworkGiftCard, 'Gift cards of the network.')
const Usages = listOf(NetworkGiftCardUsage, 'Uses of a gift card.')

function cardRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/network-gift-cards',
    operationId: 'createNetworkGiftCard',
    tag,
    summary: 'Create a network gift card',
    description: 'Made at MyBeezBox once per key.',
    takes: { body: NetworkGiftCardRequest, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The gift card.', schema: NetworkGiftCard } },
    problems: ONCE,
    operation: operationOf('networkGiftcards.create'),
    handle: ({ body, query }, call) => createCard(services, call, body, query),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/network-gift-cards',
    operationId: 'listNetworkGiftCards',
    tag,
    summary: 'List the network gift cards of a person',
    description: 'Read at MyBeezBox, in its order. It finds them by `email` only.',
    takes: { query: ByEmailQuery },
    answers: { 200: { description: 'A page of gift cards.', schema: Cards } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('networkGiftcards.listByEmail'),
    handle: async ({ query }, call) => respond(Cards, await listCards(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/network-gift-cards/{code}',
    operationId: 'getNetworkGiftCard',
    tag,
    summary: 'Get a network gift card',
    description: 'Read at MyBeezBox.',
    takes: { params: CodeParams, query: SingleQuery },
    answers: { 200: { description: 'The gift card.', schema: NetworkGiftCard } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('networkGiftcards.getByCode'),
    handle: async ({ params, query }, call) =>
      respond(NetworkGiftCard, await getCard(services, call, params, query)),
  })
}

function usageRoutes(app: FastifyInstance, services: Services): void {
  const path = '/v1/network-gift-cards/{code}/usages'
  endpoint(app, {
    method: 'POST',
    path,
    operationId: 'useNetworkGiftCard',
    tag,
    summary: 'Use a network gift card at a partner',
    description:
      'Sent once per key, never twice. The partner is named by your id of it or by that of MyBeezBox, not by both. Refused while an earlier use of the card is not settled.',
    takes: { params: CodeParams, body: NetworkGiftCardUsageRequest, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The use.', schema: NetworkGiftCardUsage } },
    problems: ONE_AT_A_TIME,
    operation: operationOf('networkGiftcards.use', 'networkGiftcards.useWithPartnerId'),
    handle: ({ params: { code }, body, query }, call) => useCard(services, call, { code, body, query }),
  })

  endpoint(app, {
    method: 'GET',
    path,
    operationId: 'listNetworkGiftCardUsages',
    tag,
    summary: 'List the uses of a network gift card',
    description: 'Read at MyBeezBox, in its order.',
    takes: { params: CodeParams, query: ListQuery },
    answers: { 200: { description: 'A page of uses.', schema: Usages } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('networkGiftcards.usages'),
    handle: async ({ params, query }, call) =>
      respond(Usages, await listUsages(services, call, params, query)),
  })
}

export function networkGiftCardRoutes(app: FastifyInstance, services: Services): void {
  cardRoutes(app, services)
  usageRoutes(app, services)
}
