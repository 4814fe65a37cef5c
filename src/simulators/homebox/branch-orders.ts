import type { Call, Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { branchBehalf } from '#simulators/homebox/behalf'
import { notFound, PageQuery, read } from '#simulators/homebox/dialect'
import { createInvite } from '#simulators/homebox/invites'
import { leadEndpoints } from '#simulators/homebox/leads'
import { orderJson } from '#simulators/homebox/order-json'
import { createOrder, orderOf, PER_PAGE } from '#simulators/homebox/orders'
import { createProperty } from '#simulators/homebox/portfolio'
import type { HomeboxContext, Order } from '#simulators/homebox/state'
import { voidEndpoints } from '#simulators/homebox/voids'

/** As in the sample of "List Branch Bills Packages": without a reference, and nothing in the address. */
function branchOrderJson(order: Order, now: Date) {
  const { id, partner_id, package_id, package: name, household } = orderJson(order, now)
  return { id, partner_id, package_id, package: name, household: { ...household, address: {} } }
}

function listOrders(context: HomeboxContext, branchId: (call: Call) => number | null): Endpoint {
  return {
    operation: 'branch-orders.list',
    method: 'GET',
    path: '/api/partner/child/:child_id/orders',
    effect: 'none',
    takesQuery: true,
    renamed: ['id', 'order_id'],
    accept: call => {
      const id = branchId(call)
      const { page } = read(PageQuery, call.query)
      const apply = () => {
        const all = context.orders.all().filter(order => order.branch_id === id)
        const rows = all.reverse().slice((page - 1) * PER_PAGE, page * PER_PAGE)
        const page_count = Math.max(1, Math.ceil(all.length / PER_PAGE))
        const meta = { current_page: page, page_count, total_count: all.length }
        return { status: 200, body: { data: rows.map(row => branchOrderJson(row, context.clock())), meta } }
      }
      return { triggers: [], apply }
    },
  }
}

function getOrder(context: HomeboxContext, branchId: (call: Call) => number | null): Endpoint {
  return {
    operation: 'branch-orders.get',
    method: 'GET',
    path: '/api/partner/child/:child_id/order/:order_id',
    effect: 'none',
    renamed: ['id', 'order_id'],
    accept: call => {
      const order = orderOf(context, call)
      if (order.branch_id !== branchId(call)) throw notFound()
      return {
        triggers: [byPostcode('read', order.property.postcode)],
        apply: () => ({ status: 200, body: { data: branchOrderJson(order, context.clock()) } }),
      }
    },
  }
}

/** What is done on behalf of a branch: orders, invitations, leads, properties and voids; a payer has no such endpoint. */
export function branchOrderEndpoints(context: HomeboxContext): Endpoint[] {
  const behalf = branchBehalf(context)
  return [
    createOrder(context, behalf),
    listOrders(context, behalf.branchId),
    getOrder(context, behalf.branchId),
    createInvite(context, behalf),
    ...leadEndpoints(context, behalf),
    createProperty(context, behalf),
    ...voidEndpoints(context, behalf),
  ]
}
