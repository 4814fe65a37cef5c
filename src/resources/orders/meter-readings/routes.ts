import type { FastifyInstance } from 'fastify'
import { MeterReadingRequest } from '#contract/meter-readings'
import { ListQuery, PreviewQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import type { Call } from '#http/caller'
import { endpoint } from '#http/endpoint'
import type { OperationName } from '#providers/port/index'
import { FROM_PROVIDER, OrderParams, WITH_KEY } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { reachOrder } from '#resources/orders/find-order'
import {
  HOW_TO_SEND,
  MeterReadings,
  PICTURE,
  READING_ANSWERS,
} from '#resources/orders/meter-readings/documented'
import {
  createReading,
  listReadings,
  type Metered,
  previewReading,
} from '#resources/orders/meter-readings/metered'
import type { Services } from '#services'

const tag = 'Bills'

export function orderReadingRoutes(app: FastifyInstance, services: Services): void {
  const reach = (call: Call, orderId: string, operation: OperationName) => async (): Promise<Metered> => {
    const { order, connection, providerOrderId } = await reachOrder(services, call, orderId, operation)
    const holder = { prefix: 'order', uuid: order.id } as const
    return { connection, at: { order_id: providerOrderId }, holder }
  }

  endpoint(app, {
    method: 'POST',
    path: '/v1/orders/{order_id}/meter-readings',
    operationId: 'createOrderMeterReading',
    tag,
    summary: 'Tell how a meter of an order stands',
    description: HOW_TO_SEND,
    takes: { params: OrderParams, body: MeterReadingRequest, query: PreviewQuery },
    files: PICTURE,
    answers: READING_ANSWERS,
    problems: [...FROM_PROVIDER, ...WITH_KEY],
    operation: operationOf('meter_readings.create'),
    handle: async ({ params, body, query }, call) => {
      const there = reach(call, params.order_id, 'meter_readings.create')
      return query.preview === 'true'
        ? previewReading(services, call, await there(), body)
        : createReading(services, call, there, body)
    },
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/meter-readings',
    operationId: 'listOrderMeterReadings',
    tag,
    summary: 'List the meter readings of an order',
    description: 'Read at the provider, in its order.',
    takes: { params: OrderParams, query: ListQuery },
    answers: { 200: { description: 'A page of readings.', schema: MeterReadings } },
    problems: FROM_PROVIDER,
    operation: operationOf('meter_readings.list'),
    handle: async ({ params, query }, call) => {
      const list = `orders/${params.order_id}/meter-readings`
      const there = reach(call, params.order_id, 'meter_readings.list')
      return respond(MeterReadings, await listReadings(services, call, there, { list, query }))
    },
  })
}
