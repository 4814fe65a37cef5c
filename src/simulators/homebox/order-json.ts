import { microTimestamp, midnight } from '#simulators/homebox/dialect'
import { propertyJson } from '#simulators/homebox/properties'
import type { Order } from '#simulators/homebox/state'
import { plainDateOf } from '#values/dates'

const settingUp = { id: 10, text: 'Bills Being Setup' }
const active = { id: 4, text: 'Active' }

/** A tenant package is active once all its bill payers are there, a partner package once the tenancy began. */
export function statusOf(order: Order, now: Date): { id: number; text: string } {
  if (order.status) return order.status
  const ready =
    order.kind === 'tenant'
      ? order.tenants.length >= order.bill_payers
      : order.tenancy_start <= plainDateOf(now)
  return ready ? active : settingUp
}

function responsibilityOf(order: Order): string {
  return order.kind === 'tenant' ? 'Tenant Package' : 'Partner Package'
}

function negotiatorOf(order: Order): string {
  return order.kind === 'tenant' ? 'John Doe' : 'Un-assigned'
}

/** As in the sample of "List Bills Packages". */
export function orderJson(order: Order, now: Date) {
  const status = statusOf(order, now)
  return {
    id: order.id,
    partner_id: 1,
    package_id: order.package_id,
    from_lead_id: null,
    package: order.package,
    household: {
      id: order.tenancy_id,
      bill_payers: order.bill_payers,
      housemates: order.housemates,
      status: status.text,
      status_id: status.id,
      tenancy_start: midnight(order.tenancy_start),
      tenancy_end: midnight(order.tenancy_end),
      responsibility: responsibilityOf(order),
      move_in_date: midnight(order.move_in),
      address: {
        address_line1: order.property.line1,
        address_line2: order.property.line2,
        address_city: order.property.city,
        address_county: order.property.county,
        address_postcode: order.property.postcode,
      },
    },
    add_ons: order.add_ons,
    negotiator: negotiatorOf(order),
    reference: order.reference,
    origin: 'API',
    created_at: microTimestamp(new Date(order.created_at)),
  }
}

/** The `tenancy` of the answer to a new package. */
export function tenancyJson(order: Order, now: Date) {
  const status = statusOf(order, now)
  return {
    id: order.tenancy_id,
    bill_payers: order.bill_payers,
    housemates: order.housemates,
    status: status.text,
    status_id: status.id,
    responsibility: responsibilityOf(order),
    move_in_date: midnight(order.move_in),
    order: {
      id: order.id,
      partner_id: 1,
      package_id: order.package_id,
      package: order.package,
      add_ons: order.add_ons,
      negotiator: negotiatorOf(order),
      reference: order.reference,
      origin: 'API',
      created_at: microTimestamp(new Date(order.created_at)),
    },
  }
}

/** The answer to a new tenant package. */
export function createdJson(order: Order, now: Date, host: string | undefined) {
  const index = `http://${host ?? '127.0.0.1'}/api/partner/order/`
  const meta = { links: { index, show: `${index}${order.id}` } }
  // A branch is told the id alone.
  if (order.branch_id !== null) return { data: { order_id: order.id }, meta }
  const at = microTimestamp(new Date(order.created_at))
  return {
    data: {
      order_id: order.id,
      property_id: order.property.id,
      tenancy_start: midnight(order.tenancy_start),
      tenancy_end: midnight(order.tenancy_end),
      tenancy_type: 'Tenant Bills Package',
      tenancy: tenancyJson(order, now),
      property: propertyJson(order.property, { id: 2, text: 'Bills Package' }),
      created_at: at,
      updated_at: at,
    },
    meta,
  }
}
