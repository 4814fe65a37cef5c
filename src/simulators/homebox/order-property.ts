import type { Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { midnight } from '#simulators/homebox/dialect'
import { statusOf } from '#simulators/homebox/order-json'
import { orderOf } from '#simulators/homebox/orders'
import type { HomeboxContext, Order } from '#simulators/homebox/state'

/** As in the sample of "Get Property Details". */
function detailsJson(order: Order, now: Date) {
  const { id, text } = statusOf(order, now)
  const { line1, line2, city, county, postcode } = order.property
  return {
    housemates: order.housemates,
    tenancy_start: midnight(order.tenancy_start),
    tenancy_end: midnight(order.tenancy_end),
    move_in_date: midnight(order.move_in),
    status: { id, name: id === 10 ? 'bill-setup' : text.toLowerCase().replaceAll(' ', '-'), text },
    address: { line_one: line1, line_two: line2, city, county, postcode },
  }
}

export function orderPropertyEndpoint(context: HomeboxContext): Endpoint {
  return {
    operation: 'order-property.get',
    method: 'GET',
    path: '/api/partner/order/:order_id/property',
    effect: 'none',
    renamed: ['status', 'state'],
    accept: call => {
      const order = orderOf(context, call)
      return {
        triggers: [byPostcode('read', order.property.postcode)],
        apply: () => ({ status: 200, body: { data: detailsJson(order, context.clock()) } }),
      }
    },
  }
}
