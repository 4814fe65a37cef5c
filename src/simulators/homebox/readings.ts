import { z } from 'zod'
import type { Call, Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { microTimestamp, midnight, read } from '#simulators/homebox/dialect'
import { IsoDate } from '#simulators/homebox/fields'
import { orderOf } from '#simulators/homebox/orders'
import { propertyOf, statusOf } from '#simulators/homebox/portfolio'
import { propertyJson } from '#simulators/homebox/properties'
import type { HomeboxContext, Property, Reading } from '#simulators/homebox/state'
import { FileField, LimitedPageQuery, pageOf, storedName } from '#simulators/homebox/uploads'

const Figure = z.string().regex(/^[1-9]\d{0,8}$/, { error: 'The :attribute field must be an integer.' })

const ReadingBody = z
  .strictObject({
    date_of_reading: IsoDate,
    reading: Figure,
    reading2: Figure.optional(),
    type: z.enum(['electric', 'gas', 'water']),
    image: FileField.optional(),
  })
  .refine(({ type, reading2 }) => reading2 === undefined || type === 'electric', {
    path: ['reading2'],
    error: 'The :attribute field is prohibited unless type is electric.',
  })

/** Whose readings a path names. */
interface Place {
  readonly orderId: number | null
  readonly property: Property
}

type PlaceOf = (call: Call) => Place

function readingJson(context: HomeboxContext, { property, ...reading }: Reading) {
  const at = microTimestamp(new Date(reading.created_at))
  return {
    id: reading.id,
    source: reading.source,
    state: 'complete',
    reading: reading.reading,
    reading2: reading.reading2,
    date_of_reading: midnight(reading.read_on),
    created_at: at,
    type: `${reading.type.charAt(0).toUpperCase()}${reading.type.slice(1)}`,
    updated_at: at,
    bill_provider: null,
    property: propertyJson(property, statusOf(context, property)),
  }
}

function createReading(context: HomeboxContext, operation: string, path: string, placeOf: PlaceOf): Endpoint {
  const { store, clock, readings } = context
  return {
    operation,
    method: 'POST',
    path,
    effect: 'kept',
    multipart: true,
    renamed: ['id', 'number'],
    accept: call => {
      const { orderId, property } = placeOf(call)
      const { date_of_reading, image, reading2, ...body } = read(ReadingBody, call.body)
      return {
        triggers: [byPostcode('change', property.postcode)],
        apply: () => {
          const reading: Reading = {
            id: store.nextId(),
            order_id: orderId,
            property,
            ...body,
            reading2: reading2 ?? null,
            read_on: date_of_reading,
            source: image ? `meter-readings/${storedName(image)}` : null,
            created_at: clock().toISOString(),
          }
          readings.put(reading.id, reading)
          return { status: 201, body: readingJson(context, reading) }
        },
      }
    },
  }
}

function listReadings(context: HomeboxContext, operation: string, path: string, placeOf: PlaceOf): Endpoint {
  return {
    operation,
    method: 'GET',
    path,
    effect: 'none',
    takesQuery: true,
    renamed: ['id', 'number'],
    accept: call => {
      const { orderId, property } = placeOf(call)
      const query = read(LimitedPageQuery, call.query)
      return {
        triggers: [byPostcode('read', property.postcode)],
        apply: () => {
          const rows = context.readings
            .all()
            .filter(row => (orderId === null ? row.property.id === property.id : row.order_id === orderId))
          const data = pageOf(rows, query).map(row => readingJson(context, row))
          return { status: 200, body: { data } }
        },
      }
    },
  }
}

export function readingEndpoints(context: HomeboxContext): Endpoint[] {
  const atOrder: PlaceOf = call => {
    const { id, property } = orderOf(context, call)
    return { orderId: id, property }
  }
  const atProperty: PlaceOf = call => ({ orderId: null, property: propertyOf(context, call) })
  const ofOrder = '/api/partner/order/:order_id/readings'
  const ofProperty = '/api/partner/property/:property_id/readings'
  return [
    createReading(context, 'readings.create', ofOrder, atOrder),
    listReadings(context, 'readings.list', ofOrder, atOrder),
    createReading(context, 'property-readings.create', ofProperty, atProperty),
    listReadings(context, 'property-readings.list', ofProperty, atProperty),
  ]
}
