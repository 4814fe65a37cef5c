import type { Address } from '#contract/addresses'
import type { Property } from '#contract/properties'
import type { ProviderProperty } from '#providers/port/properties'
import type { PropertyRow } from '#resources/properties/store'
import { idFromUuid } from '#values/ids'

const NO_METERS: Property['meters'] = {
  electricity: {
    serial: null,
    type: null,
    profile_class: null,
    economy_7: null,
    energisation: null,
    gsp: null,
    top_line: null,
  },
  gas: { serial: null },
}

/** An address with what its provider writes of it. */
export function withLines(address: Address, { address: found, address_id, uprn }: ProviderProperty): Address {
  const said = Object.entries({ ...found, address_id, uprn }).filter(([, part]) => part !== null)
  return { ...address, ...Object.fromEntries(said) }
}

/** The house with what its provider says of it: that is newer than what we keep. */
export function withFacts(row: PropertyRow, found: ProviderProperty, at: Date): PropertyRow {
  const { mpan, mprn, uprn, meters } = found
  return {
    ...row,
    address: withLines(row.address, found),
    uprn: row.uprn ?? (uprn?.replace(/^0+/, '') || null),
    property_reference: found.property_reference ?? row.property_reference,
    status: found.status,
    provider_status: found.provider_status,
    meters: { mpan, mprn, ...meters },
    updated_at: at,
  }
}

export function toProperty(row: PropertyRow, providerIds: readonly string[]): Property {
  const { mpan, mprn, electricity, gas } = { mpan: null, mprn: null, ...NO_METERS, ...row.meters }
  return {
    id: idFromUuid('property', row.id),
    object: 'property',
    mode: row.mode,
    address: row.address,
    status: row.status,
    provider_status: row.provider_status,
    mpan,
    mprn,
    uprn: row.uprn,
    meters: { electricity, gas },
    property_reference: row.property_reference,
    branch_id: row.branch_id && idFromUuid('branch', row.branch_id),
    provider_ids: [...providerIds],
    metadata: row.metadata,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}
