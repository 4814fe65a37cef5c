import { z } from 'zod'
import type { Call, Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { ById, ByLines, namesId } from '#simulators/homebox/address-fields'
import { type Behalf, ownBehalf } from '#simulators/homebox/behalf'
import { packagesAt } from '#simulators/homebox/catalogue'
import { idIn, notFound, PageQuery, read, refuse } from '#simulators/homebox/dialect'
import { Coupon, ShortDate } from '#simulators/homebox/fields'
import { createdJson, orderJson } from '#simulators/homebox/order-json'
import { coupons, largestHousehold } from '#simulators/homebox/price-tables'
import { propertyAt } from '#simulators/homebox/properties'
import type { HomeboxContext, Order } from '#simulators/homebox/state'
import { placeOf } from '#simulators/uk/place'

export const PER_PAGE = 50

const OrderBody = z.strictObject({
  package_id: z.int(),
  add_ons: z.array(z.int()).optional(),
  total_occupants: z.int().min(1).max(largestHousehold),
  bill_payers: z.int().min(1).optional(),
  household_type: z.enum(['student', 'professional-tenant']),
  tenancy_start: ShortDate,
  tenancy_end: ShortDate,
  tenancy_move_in: ShortDate,
  reference: z.string().min(1).optional(),
  property_reference: z.string().min(1).optional(),
  coupon: Coupon.optional(),
})
const OrderById = OrderBody.extend({ address: ById })
const OrderByLines = OrderBody.extend({ address: ByLines })
type OrderBody = z.output<typeof OrderById>

/** The named package with add-ons that it has at this place. Throws Refusal. */
function packageOf(body: OrderBody) {
  const packages = packagesAt(placeOf(body.address.postcode), body.household_type === 'student')
  const chosen = packages.find(({ id }) => id === body.package_id)
  if (!chosen) throw refuse('package_id', 'The selected package id is invalid.')
  const offered = new Set(chosen.addOns.map(({ id }) => id))
  for (const [index, id] of (body.add_ons ?? []).entries()) {
    if (!offered.has(id)) throw refuse(`add_ons.${index}`, `The selected add ons.${index} is invalid.`)
  }
  return chosen
}

function checkHousehold(body: OrderBody): void {
  if ((body.bill_payers ?? 1) > body.total_occupants) {
    throw refuse('bill_payers', 'The bill payers field must be less than or equal to total occupants.')
  }
  if (body.tenancy_end <= body.tenancy_start) {
    throw refuse('tenancy_end', 'The tenancy end field must be a date after tenancy start.')
  }
}

function newOrder(
  context: HomeboxContext,
  body: OrderBody,
  { packageName, branchId }: { packageName: string; branchId: number | null },
): Order {
  const { store, clock } = context
  return {
    id: store.nextId(),
    kind: 'tenant',
    tenancy_id: store.nextId(),
    place_id: null,
    branch_id: branchId,
    property: propertyAt(context, body.address),
    package_id: body.package_id,
    package: packageName,
    add_ons: body.add_ons ?? [],
    housemates: body.total_occupants,
    bill_payers: body.bill_payers ?? body.total_occupants,
    tenancy_start: body.tenancy_start,
    tenancy_end: body.tenancy_end,
    move_in: body.tenancy_move_in,
    reference: body.reference ?? null,
    status: null,
    tenants: [],
    invites: [],
    bill_ids: [],
    percent: coupons[body.coupon ?? '']?.percent ?? 100,
    payments: [],
    created_at: clock().toISOString(),
  }
}

export function createOrder(context: HomeboxContext, behalf: Behalf): Endpoint {
  return {
    operation: behalf.named('orders.create'),
    method: 'POST',
    path: `${behalf.prefix}/order`,
    effect: 'kept',
    renamed: ['order_id', 'order_number'],
    accept: call => {
      const branchId = behalf.branchId(call)
      const body = read(namesId(call.body) ? OrderById : OrderByLines, call.body)
      checkHousehold(body)
      const { name } = packageOf(body)
      return {
        triggers: [byPostcode('order', body.address.postcode.postcode)],
        apply: () => {
          const order = newOrder(context, body, { packageName: name, branchId })
          context.orders.put(order.id, order)
          return { status: 201, body: createdJson(order, context.clock(), call.headers.host) }
        },
      }
    },
  }
}

/** The order that a path names. Throws Refusal. */
export function orderOf({ orders }: HomeboxContext, call: Call): Order {
  const order = orders.get(idIn(call.params, 'order_id'))
  if (!order) throw notFound()
  return order
}

function listOrders({ orders, clock }: HomeboxContext): Endpoint {
  return {
    operation: 'orders.list',
    method: 'GET',
    path: '/api/partner/order',
    effect: 'none',
    takesQuery: true,
    renamed: ['reference', 'ref'],
    accept: ({ query }) => {
      const { page } = read(PageQuery, query)
      const apply = () => {
        const newestFirst = orders.all().reverse()
        const rows = newestFirst.slice((page - 1) * PER_PAGE, page * PER_PAGE)
        const data = rows.map(order => orderJson(order, clock()))
        return { status: 200, body: { data, meta: { order_count: newestFirst.length } } }
      }
      return { triggers: [], apply }
    },
  }
}

function getOrder(context: HomeboxContext): Endpoint {
  return {
    operation: 'orders.get',
    method: 'GET',
    path: '/api/partner/order/:order_id',
    effect: 'none',
    renamed: ['household', 'house'],
    accept: call => {
      const order = orderOf(context, call)
      return {
        triggers: [byPostcode('read', order.property.postcode)],
        apply: () => ({ status: 200, body: { data: orderJson(order, context.clock()) } }),
      }
    },
  }
}

export function orderEndpoints(context: HomeboxContext): Endpoint[] {
  return [createOrder(context, ownBehalf), listOrders(context), getOrder(context)]
}
