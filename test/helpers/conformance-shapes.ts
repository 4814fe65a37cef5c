import { z } from 'zod'
import { Offer, Product, ServiceType } from '#contract/quotes'
import { mandateStatuses } from '#providers/port/mandates'
import type { OperationName, Output } from '#providers/port/index'
import { billingShapes } from '#test/conformance-billing'
import { mybeezboxShapes } from '#test/conformance-mybeezbox'
import { portfolioShapes } from '#test/conformance-portfolio'

const id = z.string().min(1)
const said = z.string().min(1).nullable()
const count = z.int().min(0).nullable()
const date = z.iso.date().nullable()
/** RFC 3339 in UTC to the millisecond. */
const instant = z.iso.datetime({ precision: 3 }).nullable()
const dates = z.object({ start_date: date, end_date: date })
const address = z.object({ line_1: said, line_2: said, city: said, county: said, postcode: said }).nullable()

function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), pages: count, total: count })
}

const quote = z.object({
  supported: z.boolean(),
  offers: z.array(
    Offer.omit({ id: true, object: true, provider: true, orderable: true, missing_services: true }).extend({
      missing_reasons: z.partialRecord(ServiceType, z.string().min(1)),
      provider_quote_id: said,
    }),
  ),
  notes: z.array(z.string().min(1)),
})

const lead = z.object({
  id,
  tenancy: dates,
  property: z.object({ id: said, address }).nullable(),
  property_reference: said,
  tenants: z.array(z.object({ id: said, email: said, phone: said })),
  completed_at: instant,
  created_at: instant,
})

const order = z.object({
  id,
  reference: said,
  product: Product.nullable(),
  state: z.enum(['pending', 'active', 'cancelled', 'ended']).nullable(),
  provider_status: said,
  package_id: said,
  package_name: said,
  add_ons: z.array(id),
  lead_id: said,
  occupants: count,
  bill_payers: count,
  tenancy: dates.extend({ move_in_date: date }),
  address,
  created_at: instant,
})

const receipt = z.object({ order_id: id, property_id: said, tenancy_id: said, tenant_id: said })

const invite = z.object({ id, first_name: said, last_name: said, phone: said, times_sent: count })

const tenant = z.object({
  id,
  first_name: said,
  last_name: said,
  email: said,
  phone: said,
  date_of_birth: date,
  nationality: said,
})

const mandate = z.object({
  account_name: said,
  status: z.enum([...mandateStatuses, 'other']),
  provider_status: z.string(),
})

/** What the port says that an operation gives; whatever lies beyond is stripped, and so is found by comparing. */
export const shapes: { readonly [K in OperationName]: z.ZodType<Output<K>> } = {
  ...portfolioShapes,
  ...mybeezboxShapes,
  'addresses.search': z.array(z.object({ address_id: id, label: id })),
  'quotes.create': quote,
  'leads.create': lead,
  'leads.get': lead,
  'leads.list': pageOf(lead),
  'leads.scan': z.array(lead),
  'orders.create': receipt,
  'orders.get': order,
  'orders.list': pageOf(order),
  'orders.find': order.nullable(),
  'orders.scan': z.array(z.object({ order, same_address: z.boolean() })),
  'tenants.create': z.undefined(),
  'tenants.list': z.array(tenant),
  'tenants.update': tenant,
  'tenants.delete': z.undefined(),
  'invites.create': z.undefined(),
  'invites.list': z.array(invite),
  'invites.delete': z.undefined(),
  'mandates.get': mandate,
  'mandates.update': mandate,
  ...billingShapes,
}
