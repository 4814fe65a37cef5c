import { z } from 'zod'
import type { Call, Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { ById, ByLines, namesId } from '#simulators/homebox/address-fields'
import { type Behalf, ownBehalf } from '#simulators/homebox/behalf'
import { idIn, notFound, PageQuery, read } from '#simulators/homebox/dialect'
import { PER_PAGE } from '#simulators/homebox/orders'
import { type PropertyStatus, propertyAt, propertyJson } from '#simulators/homebox/properties'
import type { HomeboxContext, Property } from '#simulators/homebox/state'

const PropertyBody = z.strictObject({ property_reference: z.string().min(1).optional() })
const PropertyById = PropertyBody.extend({ address: ById })
const PropertyByLines = PropertyBody.extend({ address: ByLines })

const Statuses = z.strictObject({ status: z.array(z.int().min(1).max(6)).min(1) })

const Filter = z.string().transform((text, context) => {
  try {
    return Statuses.parse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')))
  } catch {
    context.addIssue({ code: 'custom', message: 'The :attribute field format is invalid.' })
    return z.NEVER
  }
})
const ListQuery = PageQuery.extend({ filter: Filter.optional(), q: z.string().min(1).optional() })

const created = { id: 1, text: 'New Tenancy' }

/** Follows from what was last set up for the house. */
export function statusOf({ orders, voids }: HomeboxContext, { id }: Property): PropertyStatus {
  const order = orders.all().findLast(candidate => candidate.property.id === id)
  const period = voids.all().findLast(candidate => candidate.property.id === id)
  if (period && (!order || period.created_at >= order.created_at)) return { id: 4, text: 'Void Period' }
  if (!order) return created
  return order.kind === 'tenant' ? { id: 2, text: 'Tenant Package' } : { id: 6, text: 'Partner Package' }
}

/** The property that a path names. Throws Refusal. */
export function propertyOf({ properties }: HomeboxContext, call: Call): Property {
  const id = Number(idIn(call.params, 'property_id'))
  const found = properties.all().find(property => property.id === id)
  if (found) return found
  throw notFound()
}

export function createProperty(context: HomeboxContext, behalf: Behalf): Endpoint {
  return {
    operation: behalf.named('properties.create'),
    method: 'POST',
    path: `${behalf.prefix}/property`,
    effect: 'kept',
    renamed: ['id', 'property_id'],
    accept: call => {
      behalf.branchId(call)
      const body = read(namesId(call.body) ? PropertyById : PropertyByLines, call.body)
      return {
        triggers: [byPostcode('order', body.address.postcode.postcode)],
        apply: () => {
          const property = propertyAt(context, body.address, body.property_reference ?? null)
          return { status: 201, body: { data: propertyJson(property, created) } }
        },
      }
    },
  }
}

/** As in the sample of "List Properties". */
function shownJson(context: HomeboxContext, property: Property) {
  const partner = {
    id: 1,
    name: 'Partner Account',
    name_url: 'partner-account',
    reference_number: 'PARTNER1',
    image_path: 'https://homebox.example/img/partners/1.png',
    theme_color_primary: '#40BF67',
    status: 'active',
    type: 0,
    type_name: 'reseller',
    management_fee: '0',
    commission_allowed: true,
    reseller: { name: 'Partner Account', logo: 'https://homebox.example/img/partners/1.png' },
  }
  const { property_reference } = property
  return {
    ...propertyJson(property, statusOf(context, property)),
    partner_properties: [{ id: property.id, partner, property_reference }],
  }
}

function listProperties(context: HomeboxContext): Endpoint {
  return {
    operation: 'properties.list',
    method: 'GET',
    path: '/api/partner/property',
    effect: 'none',
    takesQuery: true,
    renamed: ['id', 'property_id'],
    accept: ({ query }) => {
      const { page, filter, q = '' } = read(ListQuery, query)
      const wanted = (property: Property) => {
        const { line1, line2, city, county, postcode } = property
        const text = [line1, line2, city, county, postcode].join(' ').toLowerCase()
        const hasStatus = !filter || filter.status.includes(statusOf(context, property).id)
        return hasStatus && text.includes(q.toLowerCase())
      }
      const apply = () => {
        const found = context.properties.all().filter(wanted)
        const rows = found.slice((page - 1) * PER_PAGE, page * PER_PAGE)
        return { status: 200, body: { data: rows.map(row => shownJson(context, row)) } }
      }
      return { triggers: [], apply }
    },
  }
}

function getProperty(context: HomeboxContext): Endpoint {
  return {
    operation: 'properties.get',
    method: 'GET',
    path: '/api/partner/property/:property_id',
    effect: 'none',
    renamed: ['id', 'property_id'],
    accept: call => {
      const property = propertyOf(context, call)
      return {
        triggers: [byPostcode('read', property.postcode)],
        apply: () => ({ status: 200, body: { data: shownJson(context, property) } }),
      }
    },
  }
}

/** The houses of the partner account. Chapters "Create a Property" to "List Property". */
export function portfolioEndpoints(context: HomeboxContext): Endpoint[] {
  return [createProperty(context, ownBehalf), listProperties(context), getProperty(context)]
}
