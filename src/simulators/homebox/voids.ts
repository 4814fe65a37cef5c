import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byEmail, byName, byPostcode } from '#simulators/core/magic'
import { ById, ByLines, namesId, WholeAddress } from '#simulators/homebox/address-fields'
import { type Behalf, ownBehalf } from '#simulators/homebox/behalf'
import { microTimestamp, midnight, read, refuse } from '#simulators/homebox/dialect'
import { ShortDate } from '#simulators/homebox/fields'
import { Contact, PhoneField } from '#simulators/homebox/person-fields'
import { propertyAt, propertyJson } from '#simulators/homebox/properties'
import type { HomeboxContext, Property, Void } from '#simulators/homebox/state'

const required = z.string().min(1)

/** Its e-mail field is spelt so in the document. */
const ForwardingDetails = WholeAddress.extend({
  name: required,
  phone_number: PhoneField,
  email_adress: z.email(),
})

const VoidBody = z.strictObject({
  tenancy_start: ShortDate,
  tenancy_end: ShortDate.optional(),
  is_premium: z.boolean().optional(),
  property_empty: z.boolean(),
  notifications: z.boolean().optional(),
  responsible_tenant: Contact,
  responsible_address: WholeAddress,
  forwarding_details: ForwardingDetails.optional(),
  property_reference: required.optional(),
})
const VoidOfProperty = VoidBody.extend({ property_id: z.int(), address: z.undefined().optional() })
const VoidById = VoidBody.extend({ address: ById, property_id: z.undefined().optional() })
const VoidByLines = VoidBody.extend({ address: ByLines, property_id: z.undefined().optional() })
type VoidBody = z.output<typeof VoidOfProperty> | z.output<typeof VoidById>

function readVoid(input: unknown): VoidBody {
  if (typeof input === 'object' && input !== null && 'property_id' in input)
    return read(VoidOfProperty, input)
  return read(namesId(input) ? VoidById : VoidByLines, input)
}

/** The house of a void, known or new. Throws Refusal. */
function houseOf(context: HomeboxContext, body: VoidBody): { postcode: string; place: () => Property } {
  if (body.address) {
    const { address, property_reference = null } = body
    return {
      postcode: address.postcode.postcode,
      place: () => propertyAt(context, address, property_reference),
    }
  }
  const property = context.properties.all().find(({ id }) => id === body.property_id)
  if (!property) throw refuse('property_id', 'The selected property id is invalid.')
  return { postcode: property.postcode, place: () => property }
}

/** As in the sample of "List Tenancies". */
export function voidJson(period: Void) {
  const { property_empty, responsible_tenant, responsible_address } = period
  const at = microTimestamp(new Date(period.created_at))
  return {
    id: period.id,
    property_id: period.property.id,
    tenancy_start: midnight(period.tenancy_start),
    tenancy_end: period.tenancy_end && midnight(period.tenancy_end),
    tenancy_type: 'Void Period',
    tenancy: { id: period.detail_id, property_empty, responsible_tenant, responsible_address },
    property: propertyJson(period.property, { id: 5, text: 'Unknown' }),
    created_at: at,
    updated_at: at,
  }
}

function newVoid(
  { store, clock }: HomeboxContext,
  body: VoidBody,
  { property, branchId }: { property: Property; branchId: number | null },
): Void {
  const { responsible_address, tenancy_start, tenancy_end = null, property_empty, responsible_tenant } = body
  return {
    id: store.nextId(),
    detail_id: store.nextId(),
    branch_id: branchId,
    property,
    tenancy_start,
    tenancy_end,
    property_empty,
    responsible_tenant,
    responsible_address: { ...responsible_address, postcode: responsible_address.postcode.postcode },
    created_at: clock().toISOString(),
  }
}

function createVoid(context: HomeboxContext, behalf: Behalf): Endpoint {
  return {
    operation: behalf.named('voids.create'),
    method: 'POST',
    path: `${behalf.prefix}/void`,
    effect: 'kept',
    renamed: ['id', 'void_id'],
    accept: call => {
      const branchId = behalf.branchId(call)
      const body = readVoid(call.body)
      if (body.tenancy_end !== undefined && body.tenancy_end <= body.tenancy_start)
        throw refuse('tenancy_end', 'The tenancy end field must be a date after tenancy start.')
      const { postcode, place } = houseOf(context, body)
      const { email_address, last_name } = body.responsible_tenant
      return {
        triggers: [byEmail(email_address), byName(last_name), byPostcode('order', postcode)],
        apply: () => {
          const period = newVoid(context, body, { property: place(), branchId })
          context.voids.put(period.id, period)
          return { status: 201, body: { data: voidJson(period) } }
        },
      }
    },
  }
}

/** Chapters "Create Void Period" and "Create Void for a Branch Account". */
export function voidEndpoints(context: HomeboxContext, behalf: Behalf = ownBehalf): Endpoint[] {
  return [createVoid(context, behalf)]
}
