import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byEmail, byName } from '#simulators/core/magic'
import type { Store } from '#simulators/core/store'
import { notFound, read } from '#simulators/mybeezbox/dialect'
import { flag } from '#simulators/mybeezbox/fields'
import { networkPartnerEndpoints } from '#simulators/mybeezbox/network-partners'
import { PARTNER_FIELDS, partnerBody, uuidOf } from '#simulators/mybeezbox/partner-rows'
import { searches } from '#simulators/mybeezbox/payments'
import { createEndpoint, type Row, type Rows } from '#simulators/mybeezbox/records'

const word = z.string().optional()

/** Section "Create a new partner". */
const PartnerBody = z.strictObject({
  status: z.enum(['a', 'i', 't']),
  name: word,
  ...partnerBody,
  siret_number: word,
  legal_representative_first_name: word,
  legal_representative_last_name: word,
  hq_address_line_1: word,
  hq_postal_code: word,
  hq_city: word,
  hq_country: word,
  rcs: word,
  ape: word,
  vat_id: word,
  website: z.url().optional(),
  payout_frequency: z.enum(['week', 'month']).optional(),
  auto_validate_payout: flag,
  freeze_payout: flag,
  block_payout_validation: flag,
  iban: z
    .string()
    .regex(/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/)
    .optional(),
  bic: z
    .string()
    .regex(/^[A-Z0-9]{8}(?:[A-Z0-9]{3})?$/)
    .optional(),
})

const Query = z
  .strictObject({ siret_number: z.string().optional(), commercial_name: z.string().optional() })
  .refine(query => Object.values(query).some(value => value !== undefined))

function find(partners: Rows, { siret_number, commercial_name }: z.output<typeof Query>): Row {
  const found = partners
    .all()
    .find(
      partner =>
        (siret_number === undefined || partner['siret_number'] === siret_number) &&
        (commercial_name === undefined || partner['commercial_name'] === commercial_name),
    )
  if (!found) throw notFound()
  return { id: found['id'] }
}

export function partnerEndpoints(store: Store, partners: Rows): Endpoint[] {
  const create = createEndpoint({
    noun: 'partners',
    path: '/partners/',
    rows: partners,
    key: 'uuid',
    store,
    body: PartnerBody,
    answers: PARTNER_FIELDS,
    row: (id, { iban: _, bic: __, ...body }) => ({ id, uuid: uuidOf(id), ...body }),
    triggers: ({ agency_email, commercial_name }) => [byEmail(agency_email), byName(commercial_name)],
  })
  const check = searches({ operation: 'partners.check', path: '/partners/check/' }, Query, query =>
    find(partners, query),
  )
  return [
    create,
    {
      ...check,
      accept: call => {
        const { commercial_name = '' } = read(Query, call.query)
        return { ...check.accept(call), triggers: [byName(commercial_name)] }
      },
    },
    ...networkPartnerEndpoints(store, partners),
  ]
}
