import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byEmail, byName, byPostcode } from '#simulators/core/magic'
import { ById, ByLines, namesId, WholeAddress } from '#simulators/homebox/address-fields'
import { microTimestamp, midnight, read, refuse } from '#simulators/homebox/dialect'
import { ShortDate } from '#simulators/homebox/fields'
import { tenancyJson } from '#simulators/homebox/order-json'
import { utilitiesAt } from '#simulators/homebox/partner-catalogue'
import { AccountNumber, Contact, SortCode } from '#simulators/homebox/person-fields'
import { largestHousehold } from '#simulators/homebox/price-tables'
import { partnerPropertyJson, propertyAt } from '#simulators/homebox/properties'
import type { HomeboxContext, Order } from '#simulators/homebox/state'
import { placeOf } from '#simulators/uk/place'

/** Bill ids are strings here, as in the sample of "Create Partner Package", and integers everywhere else. */
const PartnerOrderBody = z.strictObject({
  bills: z
    .array(z.strictObject({ id: z.string().min(1), account_number: z.string().min(1).optional() }))
    .min(1),
  tenancy_start: ShortDate,
  tenancy_end: ShortDate,
  housemates: z.int().min(1).max(largestHousehold),
  is_student: z.boolean(),
  payment_method: z.enum(['bank-transfer', 'direct-debit']).optional(),
  account_name: z.string().min(1),
  account_number: AccountNumber,
  sort_code: SortCode,
  billing_address: WholeAddress,
  tenants: z.array(Contact),
  property_reference: z.string().min(1).optional(),
})
const PartnerOrderById = PartnerOrderBody.extend({ address: ById })
const PartnerOrderByLines = PartnerOrderBody.extend({ address: ByLines })
type PartnerOrderBody = z.output<typeof PartnerOrderById>

function checkChoices(body: PartnerOrderBody): void {
  if (body.tenancy_end <= body.tenancy_start) {
    throw refuse('tenancy_end', 'The tenancy end field must be a date after tenancy start.')
  }
  const utilities = utilitiesAt(placeOf(body.address.postcode), body.is_student)
  const offered = new Set(utilities.flatMap(({ bills }) => bills.map(({ id }) => String(id))))
  for (const [index, { id }] of body.bills.entries()) {
    if (!offered.has(id)) throw refuse(`bills.${index}.id`, `The selected bills.${index}.id is invalid.`)
  }
}

/** Six characters of the provider's own: this endpoint takes no reference. */
function ownReference(id: number): string {
  return `C${id.toString(36).padStart(5, '0').slice(-5)}`
}

function newPartnerOrder(context: HomeboxContext, body: PartnerOrderBody): Order {
  const { store, clock } = context
  const id = store.nextId()
  return {
    id,
    kind: 'partner',
    tenancy_id: store.nextId(),
    place_id: store.nextId(),
    branch_id: null,
    property: propertyAt(context, body.address),
    package_id: 1,
    package: 'Bronze',
    add_ons: [],
    housemates: body.housemates,
    bill_payers: 1,
    tenancy_start: body.tenancy_start,
    tenancy_end: body.tenancy_end,
    move_in: body.tenancy_start,
    reference: ownReference(id),
    status: null,
    tenants: [],
    invites: [],
    bill_ids: body.bills.map(({ id: billId }) => Number(billId)),
    percent: 100,
    payments: [],
    created_at: clock().toISOString(),
  }
}

export function createPartnerOrder(context: HomeboxContext): Endpoint {
  const { store, clock, orders } = context
  return {
    operation: 'partner-orders.create',
    method: 'POST',
    path: '/api/partner/partner-order',
    effect: 'kept',
    renamed: ['order', 'bills_package'],
    accept: call => {
      const body = read(namesId(call.body) ? PartnerOrderById : PartnerOrderByLines, call.body)
      checkChoices(body)
      const people = body.tenants.flatMap(tenant => [byEmail(tenant.email_address), byName(tenant.last_name)])
      return {
        triggers: [...people, byPostcode('order', body.address.postcode.postcode)],
        apply: () => {
          const order = newPartnerOrder(context, body)
          orders.put(order.id, order)
          const at = microTimestamp(new Date(order.created_at))
          const data = {
            // The tenancy as the property has it: yet another number than `tenancy.id`.
            id: order.place_id,
            property_id: order.property.id,
            tenancy_start: midnight(order.tenancy_start),
            tenancy_end: midnight(order.tenancy_end),
            tenancy_type: 'Bills Included Package',
            tenancy: tenancyJson(order, clock()),
            property: partnerPropertyJson(order.property, store.nextId()),
            created_at: at,
            updated_at: at,
          }
          return { status: 201, body: { data } }
        },
      }
    },
  }
}
