import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { MeterReadingRequest } from '#contract/meter-readings'
import { idOf, ListQuery, PreviewQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import type { Call } from '#http/caller'
import { endpoint } from '#http/endpoint'
import { FROM_PROVIDER, WITH_KEY } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import {
  HOW_TO_SEND,
  MeterReadings,
  PICTURE,
  READING_ANSWERS,
} from '#resources/orders/meter-readings/documented'
import { createReading, listReadings, previewReading } from '#resources/orders/meter-readings/metered'
import { reachMeters } from '#resources/properties/meter-readings/reach-meters'
import type { Services } from '#services'

const tag = 'Properties'
const PropertyId = z.strictObject({ property_id: idOf('property') })

export function propertyReadingRoutes(app: FastifyInstance, services: Services): void {
  const reach = (call: Call, propertyId: string) => () => reachMeters(services, call, propertyId)

  endpoint(app, {
    method: 'POST',
    path: '/v1/properties/{property_id}/meter-readings',
    operationId: 'createPropertyMeterReading',
    tag,
    summary: 'Tell how a meter of a property stands',
    description: HOW_TO_SEND,
    takes: { params: PropertyId, body: MeterReadingRequest, query: PreviewQuery },
    files: PICTURE,
    answers: READING_ANSWERS,
    problems: [...FROM_PROVIDER, ...WITH_KEY],
    operation: operationOf('meter_readings.create'),
    handle: async ({ params, body, query }, call) => {
      const there = reach(call, params.property_id)
      return query.preview === 'true'
        ? previewReading(services, call, await there(), body)
        : createReading(services, call, there, body)
    },
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/properties/{property_id}/meter-readings',
    operationId: 'listPropertyMeterReadings',
    tag,
    summary: 'List the meter readings of a property',
    description: 'Read at the provider, in its order.',
    takes: { params: PropertyId, query: ListQuery },
    answers: { 200: { description: 'A page of readings.', schema: MeterReadings } },
    problems: FROM_PROVIDER,
    operation: operationOf('meter_readings.list'),
    handle: async ({ params, query }, call) => {
      const list = `properties/${params.property_id}/meter-readings`
      const there = reach(call, params.property_id)
      return respond(MeterReadings, await listReadings(services, call, there, { list, query }))
    },
  })
}
