import type { NamedHouse } from '#simulators/homebox/address-fields'
import { microTimestamp, plainTimestamp } from '#simulators/homebox/dialect'
import type { HomeboxContext, Property } from '#simulators/homebox/state'
import { addressKey } from '#values/address'

/** The property at this address; the same one for every order, lead and void of the house. */
export function propertyAt(
  { store, clock, properties }: HomeboxContext,
  house: NamedHouse,
  reference: string | null = null,
): Property {
  const postcode = house.postcode.postcode
  const lines = { line_1: house.line1, line_2: house.line2, city: house.city, postcode, uprn: null }
  const key = addressKey(lines) ?? `postcode:${postcode}`
  const known = properties.get(key)
  if (known && reference === null) return known
  const created_at = clock().toISOString()
  const property = {
    ...(known ?? { ...house, postcode, id: store.nextId(), created_at }),
    property_reference: reference,
  }
  properties.put(key, property)
  return property
}

export interface PropertyStatus {
  readonly id: number
  /** The sample's words, which are not those of the document's own table. */
  readonly text: string
}

function addressJson(property: Property) {
  return {
    address_line1: property.line1,
    address_line2: property.line2,
    address_line3: null,
    address_line4: null,
    address_city: property.city,
    address_county: property.county,
    address_postcode: property.postcode,
  }
}

const noMeters = {
  mpan: null,
  mpan_top_line: null,
  mpan_economy7: null,
  mpan_profile_class: null,
  mpan_energisation_status: null,
  mprn: null,
  uprn: null,
  gspid: null,
  meter_type_electric: null,
  serial_number_electric: null,
  serial_number_gas: null,
} as const

/** As in the sample of "Create a Property". */
export function propertyJson(property: Property, status: PropertyStatus) {
  const at = microTimestamp(new Date(property.created_at))
  return {
    id: property.id,
    ...addressJson(property),
    status_id: status.id,
    status: status.text,
    created_at: at,
    updated_at: at,
    external_id: property.address_id,
    retrieved_at: null,
    mpan: null,
    mprn: null,
    uprn: null,
  }
}

/** As in the sample of "Create Lead": meters unknown, timestamps without a zone. */
export function leadPropertyJson(property: Property) {
  const at = plainTimestamp(new Date(property.created_at))
  return {
    id: property.id,
    ...addressJson(property),
    status_id: 1,
    status: 'New Tenancy',
    created_at: at,
    updated_at: at,
    external_id: property.address_id,
    ...noMeters,
  }
}

/** As in the sample of "Create Partner Package": an id that is not the answer's `property_id`, and meters. */
export function partnerPropertyJson(property: Property, id: number) {
  const at = microTimestamp(new Date(property.created_at))
  return {
    id,
    ...addressJson(property),
    status_id: 5,
    status: 'Unknown',
    created_at: at,
    updated_at: at,
    external_id: property.address_id,
    mpan: '1900000000001',
    mpan_top_line: '040000000001E20180314',
    mpan_economy7: true,
    mpan_profile_class: '04',
    mpan_energisation_status: 'E',
    mprn: null,
    uprn: null,
    gspid: '_J',
    meter_type_electric: 'RCAMY',
    serial_number_electric: 'E11Z106041',
    serial_number_gas: null,
  }
}
