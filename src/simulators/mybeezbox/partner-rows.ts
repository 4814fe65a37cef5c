import { z } from 'zod'
import type { Store } from '#simulators/core/store'
import { PARTNER } from '#simulators/mybeezbox/fields'
import { openRows, type Rows } from '#simulators/mybeezbox/records'

/** Section "Create a new partner". */
const SAMPLE = {
  id: PARTNER.partner,
  uuid: PARTNER.partner_uuid,
  status: 'a',
  name: 'Partner #1',
  commercial_name: 'Partner #1 commercial name',
  short_name: 'partner1',
  company_type: 'bus',
  siret_number: '123456789',
  legal_representative_first_name: "Representative's first name",
  legal_representative_last_name: "Representative's last name",
  legal_representative_birthday: '2022-05-01T12:00:00+02:00',
  hq_address_line_1: 'Address line #1',
  hq_address_line_2: 'Address line #2',
  hq_postal_code: '75000',
  hq_city: 'Paris',
  hq_country: 'FR',
  rcs: '',
  ape: '',
  vat_id: '',
  agency_email: 'partner1@mybeezbox.com',
  agency_phone: '987654321',
}

/** A partner of the network whom the sample of its update names. */
const NETWORK = {
  ...SAMPLE,
  id: 2,
  uuid: '015862e4-46f4-4230-90e5-3d92607133af',
  status: 'n',
  siret_number: '12345678901237',
  source_id: '12345',
  link_to_nv_settings: true,
  link_to_ngc_settings: false,
  partner_tags: [],
}

/** What the creation of a partner answers. */
export const PARTNER_FIELDS = Object.keys(SAMPLE)
/** The same of one of the network. */
export const NETWORK_FIELDS = Object.keys(NETWORK)

const phone = z.string().regex(/^\+?\d{6,15}$/)

/** What partners of both kinds are told by. */
export const partnerBody = {
  commercial_name: z.string().min(1),
  short_name: z.string().min(1),
  company_type: z.enum(['bus', 'ind', 'sol', 'org']).optional(),
  legal_representative_birthday: z.iso.date().optional(),
  hq_address_line_2: z.string().optional(),
  agency_email: z.email(),
  agency_phone: phone.optional(),
}

export function openPartners(store: Store): Rows {
  return openRows(store, 'partners', [SAMPLE, NETWORK], 'uuid')
}

export const uuidOf = (id: number) => `baf5a0f2-4b5b-422d-9a1b-${String(id).padStart(12, '0')}`
