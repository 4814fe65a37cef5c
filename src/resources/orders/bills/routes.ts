import type { FastifyInstance } from 'fastify'
import { Bills } from '#contract/bills'
import { OrderProperty } from '#contract/order-properties'
import { Payout } from '#contract/payouts'
import { ListQuery, listOf, SingleQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { FROM_PROVIDER, OrderParams } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { getOrderProperty } from '#resources/orders/bills/get-order-property'
import { listBills } from '#resources/orders/bills/list-bills'
import { listPayouts } from '#resources/orders/bills/list-payouts'
import type { Services } from '#services'

const tag = 'Bills'
const Payouts = listOf(Payout, 'A page of the payments to suppliers.')

export function billRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/bills',
    operationId: 'listBills',
    tag,
    summary: 'List the bills of an order',
    description:
      'Read at the provider, in its order, with what all of them come to per month. Totals are shown as the provider states them; `adds_up` says whether they are what the bills come to.',
    takes: { params: OrderParams, query: ListQuery },
    answers: { 200: { description: 'A page of bills.', schema: Bills } },
    problems: FROM_PROVIDER,
    operation: operationOf('orders.bills'),
    handle: async ({ params, query }, call) =>
      respond(Bills, await listBills(services, call, params.order_id, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/payouts',
    operationId: 'listPayouts',
    tag,
    summary: 'List the payouts of an order',
    description: 'What the provider pays, or has paid, to suppliers. Read there, in its order.',
    takes: { params: OrderParams, query: ListQuery },
    answers: { 200: { description: 'A page of payouts.', schema: Payouts } },
    problems: FROM_PROVIDER,
    operation: operationOf('orders.payouts'),
    handle: async ({ params, query }, call) =>
      respond(Payouts, await listPayouts(services, call, params.order_id, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/property',
    operationId: 'getOrderProperty',
    tag,
    summary: 'Get the house of an order',
    description: 'Address, occupants, dates and status as the provider has them now.',
    takes: { params: OrderParams, query: SingleQuery },
    answers: { 200: { description: 'The house.', schema: OrderProperty } },
    problems: FROM_PROVIDER,
    operation: operationOf('orders.property'),
    handle: async ({ params, query }, call) => {
      const withProviderData = query.include === 'provider_data'
      return respond(OrderProperty, await getOrderProperty(services, call, params.order_id, withProviderData))
    },
  })
}
