import type { FastifyInstance } from 'fastify'
import { TimelineEntry } from '#contract/timeline'
import { ListQuery, listOf } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { OrderParams } from '#resources/orders/below-order'
import { listTimeline } from '#resources/orders/timeline/read-timeline'
import type { Services } from '#services'

const Timeline = listOf(TimelineEntry, 'The life of an order, oldest first.')

export function orderTimelineRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/timeline',
    operationId: 'getOrderTimeline',
    tag: 'Orders',
    summary: 'Follow an order from its quote on',
    description:
      'Quote, leads, order, payers with their mandates, payments and vouchers that name the order in their `metadata`, with every operation, event and call to a provider, oldest first. Nobody is asked: it is what was written down. Calls are kept for 30 days, those of quotes for 7.',
    takes: { params: OrderParams, query: ListQuery },
    answers: { 200: { description: 'A page of entries.', schema: Timeline } },
    problems: [],
    handle: async ({ params, query }, call) =>
      respond(Timeline, await listTimeline(services, call, params.order_id, query)),
  })
}
