import { z } from 'zod'
import type { PropertyStatus } from '#contract/properties'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { onBehalfOf } from '#providers/homebox/client'
import { dataList, dataObject, HomeboxId } from '#providers/homebox/dialect'
import { AnsweredAddress, ListMeta, toPage } from '#providers/homebox/incoming'
import { House } from '#providers/homebox/outgoing'
import type { Implements } from '#providers/port/index'
import type { ProviderProperty } from '#providers/port/properties'
import { sendable, withoutNulls } from '#providers/port/sendable'

/** A property, on its own or within a tenancy. */
export const Property = z.looseObject({
  id: HomeboxId,
  status_id: orNull(z.int()),
  status: OptionalText,
  external_id: OptionalText,
  mpan: OptionalText,
  mpan_top_line: OptionalText,
  mpan_economy7: orNull(z.boolean()),
  mpan_profile_class: OptionalText,
  mpan_energisation_status: OptionalText,
  mprn: OptionalText,
  uprn: OptionalText,
  gspid: OptionalText,
  meter_type_electric: OptionalText,
  serial_number_electric: OptionalText,
  serial_number_gas: OptionalText,
  property_reference: OptionalText,
  partner_properties: orNull(z.array(z.object({ property_reference: OptionalText }))),
})
const PropertyAnswer = z.object({ data: dataObject(Property) })
const PropertiesAnswer = z.object({ data: dataList(z.array(Property)), meta: ListMeta })

/** "Here are the possible property statuses": the text of an answer contradicts this table, so only the id is read. */
const STATUS_IDS = new Map<PropertyStatus, number>([
  ['pending', 1],
  ['tenant_package', 2],
  ['tenants_organising', 3],
  ['void_period', 4],
  ['unknown', 5],
  ['partner_package', 6],
])

const PropertyBody = z
  .object({ address: House, property_reference: z.string().nullable() })
  .transform(withoutNulls<unknown>)

const PROPERTIES = {
  own: '/api/partner/property',
  branch: '/api/partner/child/{child_id}/property',
} as const

/** Chapters "Create a Property" to "List Property", and "Create Property for a Branch Account". */
export const homeboxProperties = {
  'properties.create': async (client, draft) => {
    const body = sendable('homebox', 'properties.create', PropertyBody, draft)
    const { data } = await client.post(onBehalfOf(draft.branch_id, PROPERTIES), body, PropertyAnswer)
    return fromHomeboxProperty(data)
  },
  'properties.get': async (client, params) => {
    const { data } = await client.get({ path: `${PROPERTIES.own}/{property_id}`, params }, PropertyAnswer)
    return fromHomeboxProperty(data)
  },
  'properties.list': async (client, { page, status, q }) => {
    const query = withoutNulls({ filter: status && toHomeboxFilter(status), q, page: String(page) })
    const { data, meta } = await client.get({ path: PROPERTIES.own, query }, PropertiesAnswer)
    return toPage(data.map(fromHomeboxProperty), meta)
  },
} satisfies Implements<HomeboxClient>

function statusOf(statusId: number): PropertyStatus | 'other' {
  return [...STATUS_IDS].find(([, id]) => id === statusId)?.[0] ?? 'other'
}

/** "Base64 Encoded JSON Object of Filters". */
function toHomeboxFilter(status: PropertyStatus): string {
  return Buffer.from(JSON.stringify({ status: [STATUS_IDS.get(status)] })).toString('base64')
}

export function fromHomeboxProperty(property: z.output<typeof Property>): ProviderProperty {
  const { id, status_id, status, external_id, mpan, mprn, uprn } = property
  return {
    id,
    address: AnsweredAddress.parse(property),
    address_id: external_id,
    status: status_id === null ? null : statusOf(status_id),
    provider_status: status,
    mpan,
    mprn,
    uprn,
    meters: {
      electricity: {
        serial: property.serial_number_electric,
        type: property.meter_type_electric,
        profile_class: property.mpan_profile_class,
        economy_7: property.mpan_economy7,
        energisation: property.mpan_energisation_status,
        gsp: property.gspid,
        top_line: property.mpan_top_line,
      },
      gas: { serial: property.serial_number_gas },
    },
    property_reference:
      property.property_reference ?? property.partner_properties?.[0]?.property_reference ?? null,
  }
}
