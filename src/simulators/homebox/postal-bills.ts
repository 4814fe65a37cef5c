import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { read } from '#simulators/homebox/dialect'
import type { PostalBill } from '#simulators/homebox/filed'
import { orderOf } from '#simulators/homebox/orders'
import type { HomeboxContext } from '#simulators/homebox/state'
import { FileField, LimitedPageQuery, pageOf, storedName } from '#simulators/homebox/uploads'
import { plainDateOf } from '#values/dates'

const PATH = '/api/partner/order/:order_id/postal-bills'

const PostalBillBody = z.strictObject({ tenant_notes: z.string().min(1).optional(), file: FileField })

/** Nobody has looked at it yet, and nobody ever does here. */
function billJson({ id, name, notes, created_at }: PostalBill) {
  return {
    id,
    name,
    source: `https://homebox.example/postal-bills/${name}`,
    notes,
    feedback: null,
    state: 'Requires Action',
    type: '-',
    created_at: plainDateOf(new Date(created_at)),
  }
}

/** Answered in a list, as in the sample. */
function createPostalBill(context: HomeboxContext): Endpoint {
  const { store, clock, postalBills } = context
  return {
    operation: 'postal-bills.create',
    method: 'POST',
    path: PATH,
    effect: 'kept',
    multipart: true,
    renamed: ['id', 'number'],
    accept: call => {
      const order = orderOf(context, call)
      const { tenant_notes, file } = read(PostalBillBody, call.body)
      return {
        triggers: [byPostcode('change', order.property.postcode)],
        apply: () => {
          const bill: PostalBill = {
            id: store.nextId(),
            order_id: order.id,
            name: storedName(file),
            notes: tenant_notes ?? null,
            created_at: clock().toISOString(),
          }
          postalBills.put(bill.id, bill)
          return { status: 201, body: { data: [billJson(bill)] } }
        },
      }
    },
  }
}

function listPostalBills(context: HomeboxContext): Endpoint {
  return {
    operation: 'postal-bills.list',
    method: 'GET',
    path: PATH,
    effect: 'none',
    takesQuery: true,
    renamed: ['id', 'number'],
    accept: call => {
      const order = orderOf(context, call)
      const query = read(LimitedPageQuery, call.query)
      return {
        triggers: [byPostcode('read', order.property.postcode)],
        apply: () => {
          const rows = context.postalBills.all().filter(bill => bill.order_id === order.id)
          return { status: 200, body: { data: pageOf(rows, query).map(billJson) } }
        },
      }
    },
  }
}

export function postalBillEndpoints(context: HomeboxContext): Endpoint[] {
  return [createPostalBill(context), listPostalBills(context)]
}
