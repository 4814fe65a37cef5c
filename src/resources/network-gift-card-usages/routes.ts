import type { FastifyInstance } from 'fastify'
import { CancelUsageRequest, NetworkGiftCardUsage, UsageParams } from '#contract/network-gift-card-usages'
import { PreviewQuery } from '#contract/vocabulary'
import { endpoint } from '#http/endpoint'
import { cancelUsage } from '#resources/network-gift-card-usages/cancel-usage'
import { changed, ONCE_ANSWERS, ONE_AT_A_TIME, operationOf } from '#resources/provider-objects/documented'
import type { Services } from '#services'

export function networkGiftCardUsageRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/network-gift-card-usages/{id}/cancel',
    operationId: 'cancelNetworkGiftCardUsage',
    tag: 'Network gift cards',
    summary: 'Cancel a use of a network gift card',
    description: 'Only of one that no payout contains yet. Sent once per key, never twice.',
    takes: { params: UsageParams, body: CancelUsageRequest, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 200: changed(NetworkGiftCardUsage, 'The use as it is now.') },
    problems: ONE_AT_A_TIME,
    operation: operationOf('networkGiftcards.cancelUsage'),
    handle: ({ params: { id }, body, query }, call) => cancelUsage(services, call, { id, ...body }, query),
  })
}
