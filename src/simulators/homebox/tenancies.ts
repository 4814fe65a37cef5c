import { z } from 'zod'
import type { Call, Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { idIn, microTimestamp, midnight, notFound, read, refuse } from '#simulators/homebox/dialect'
import { ShortDate } from '#simulators/homebox/fields'
import { tenancyJson } from '#simulators/homebox/order-json'
import { propertyOf, statusOf } from '#simulators/homebox/portfolio'
import { propertyJson } from '#simulators/homebox/properties'
import type { HomeboxContext, Order, Property } from '#simulators/homebox/state'
import { voidJson } from '#simulators/homebox/voids'

interface Dates {
  readonly start: string
  readonly end: string
}

/** A tenancy of a property: a void, or what an order set up. */
interface Tenancy {
  readonly json: () => unknown
  readonly setDates: (dates: Dates) => void
}

function ofOrder(context: HomeboxContext, order: Order, property: Property): Tenancy {
  return {
    json: () => {
      const at = microTimestamp(new Date(order.created_at))
      return {
        id: order.place_id ?? order.tenancy_id,
        property_id: property.id,
        tenancy_start: midnight(order.tenancy_start),
        tenancy_end: midnight(order.tenancy_end),
        tenancy_type: order.kind === 'tenant' ? 'Tenant Bills Package' : 'Bills Included Package',
        tenancy: tenancyJson(order, context.clock()),
        property: propertyJson(property, statusOf(context, property)),
        created_at: at,
        updated_at: at,
      }
    },
    setDates: ({ start, end }) => {
      order.tenancy_start = start
      order.tenancy_end = end
      context.orders.put(order.id, order)
    },
  }
}

/** The tenancy that a path names. Throws Refusal. */
function tenancyOf(context: HomeboxContext, call: Call): Tenancy & { readonly property: Property } {
  const property = propertyOf(context, call)
  const id = Number(idIn(call.params, 'tenancy_id'))
  const period = context.voids.get(id)
  if (period?.property.id === property.id)
    return {
      property,
      json: () => voidJson(period),
      setDates: ({ start, end }) => {
        context.voids.put(id, Object.assign(period, { tenancy_start: start, tenancy_end: end }))
      },
    }
  const order = context.orders
    .all()
    .find(found => found.property.id === property.id && (found.place_id ?? found.tenancy_id) === id)
  if (!order) throw notFound()
  return { property, ...ofOrder(context, order, property) }
}

const PATH = '/api/partner/property/:property_id/tenancy/:tenancy_id'

function getTenancy(context: HomeboxContext): Endpoint {
  return {
    operation: 'tenancies.get',
    method: 'GET',
    path: PATH,
    effect: 'none',
    renamed: ['id', 'tenancy_id'],
    accept: call => {
      const { property, json } = tenancyOf(context, call)
      return {
        triggers: [byPostcode('read', property.postcode)],
        apply: () => ({ status: 200, body: { data: json() } }),
      }
    },
  }
}

const Changes = z.strictObject({ tenancy_start: ShortDate, tenancy_end: ShortDate })

/** What it answers is not documented: here the tenancy. */
function updateTenancy(context: HomeboxContext): Endpoint {
  return {
    operation: 'tenancies.update',
    method: 'PATCH',
    path: PATH,
    effect: 'kept',
    renamed: ['id', 'tenancy_id'],
    accept: call => {
      const { setDates, json } = tenancyOf(context, call)
      const { tenancy_start: start, tenancy_end: end } = read(Changes, call.body)
      if (end <= start)
        throw refuse('tenancy_end', 'The tenancy end field must be a date after tenancy start.')
      return {
        triggers: [],
        apply: () => {
          setDates({ start, end })
          return { status: 200, body: { data: json() } }
        },
      }
    },
  }
}

/** Chapters "List Tenancies" and "Update tenancy dates". */
export function tenancyEndpoints(context: HomeboxContext): Endpoint[] {
  return [getTenancy(context), updateTenancy(context)]
}
