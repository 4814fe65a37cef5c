import type { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import { Id, OptionalDay } from '#providers/mybeezbox/dialect'
import { masked } from '#values/bank-account'
import type { NetworkPartnerDraft, PartnerDraft, ProviderPartner } from '#providers/port/partners'

/** What is answered of partners of both kinds. What is not shown is read so that it does not stand among the details. */
export const partnerShape = {
  id: Id,
  uuid: OptionalText,
  status: OptionalText,
  name: OptionalText,
  commercial_name: OptionalText,
  short_name: OptionalText,
  company_type: OptionalText,
  siret_number: OptionalText,
  legal_representative_first_name: OptionalText,
  legal_representative_last_name: OptionalText,
  legal_representative_birthday: OptionalDay,
  hq_address_line_1: OptionalText,
  hq_address_line_2: OptionalText,
  hq_postal_code: OptionalText,
  hq_city: OptionalText,
  hq_country: OptionalText,
  rcs: OptionalText,
  ape: OptionalText,
  vat_id: OptionalText,
  agency_email: OptionalText,
  agency_phone: OptionalText,
  website: OptionalText,
  iban: OptionalText,
  bic: OptionalText,
}
type Fields = { [K in keyof typeof partnerShape]: z.output<(typeof partnerShape)[K]> }

const states: ReadonlyMap<string | null, ProviderPartner['state']> = new Map([
  ['a', 'active'],
  ['i', 'inactive'],
  ['t', 'test'],
  ['n', 'network'],
] as const)

const companies = [
  ['bus', 'business'],
  ['ind', 'individual'],
  ['sol', 'sole_trader'],
  ['org', 'organisation'],
] as const

/** Their letter for what a partner is, as our word. */
export function partnerStateOf(status: string | null): ProviderPartner['state'] {
  return states.get(status) ?? 'other'
}

function companyOf(type: string | null): ProviderPartner['company_type'] {
  if (type === null) return null
  return companies.find(([theirs]) => theirs === type)?.[1] ?? 'other'
}

function toSeat(address: PartnerDraft['address']) {
  return {
    hq_address_line_1: address?.line_1 ?? null,
    hq_address_line_2: address?.line_2 ?? null,
    hq_postal_code: address?.postcode ?? null,
    hq_city: address?.city ?? null,
    hq_country: address?.country ?? null,
  }
}

/** What both kinds of partners are told by; what was left out is null. */
export function toPartnerFields(draft: PartnerDraft | NetworkPartnerDraft) {
  const { legal_representative: person } = draft
  return {
    name: draft.name ?? null,
    commercial_name: draft.commercial_name,
    short_name: draft.short_name,
    company_type: companies.find(([, ours]) => ours === draft.company_type)?.[0] ?? null,
    siret_number: draft.siret_number ?? null,
    legal_representative_first_name: person?.first_name ?? null,
    legal_representative_last_name: person?.last_name ?? null,
    legal_representative_birthday: person?.date_of_birth ?? null,
    ...toSeat(draft.address),
    rcs: draft.rcs ?? null,
    ape: draft.ape ?? null,
    vat_id: draft.vat_id ?? null,
    agency_email: draft.email,
    agency_phone: draft.phone ?? null,
    website: draft.website ?? null,
  }
}

const maskedOrNull = (text: string | null) => (text === null ? null : masked(text))

/** The same the other way round. Birthdays are not shown, and of a bank account the last characters. */
export function fromPartnerFields<F extends Fields>(fields: F) {
  const {
    status,
    company_type,
    legal_representative_first_name,
    legal_representative_last_name,
    legal_representative_birthday: _,
    hq_address_line_1,
    hq_address_line_2,
    hq_postal_code,
    hq_city,
    hq_country,
    agency_email,
    agency_phone,
    iban,
    bic,
    ...plain
  } = fields
  return {
    ...plain,
    state: partnerStateOf(status),
    provider_state: status,
    company_type: companyOf(company_type),
    provider_company_type: company_type,
    legal_representative: {
      first_name: legal_representative_first_name,
      last_name: legal_representative_last_name,
    },
    address: {
      line_1: hq_address_line_1,
      line_2: hq_address_line_2,
      postcode: hq_postal_code,
      city: hq_city,
      country: hq_country,
    },
    email: agency_email,
    phone: agency_phone,
    bank_account: iban === null && bic === null ? null : { iban: maskedOrNull(iban), bic: maskedOrNull(bic) },
  }
}
