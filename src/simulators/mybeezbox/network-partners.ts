import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byEmail, byName } from '#simulators/core/magic'
import type { Store } from '#simulators/core/store'
import { invalid, notFound, read } from '#simulators/mybeezbox/dialect'
import { flag } from '#simulators/mybeezbox/fields'
import { NETWORK_FIELDS, partnerBody, uuidOf } from '#simulators/mybeezbox/partner-rows'
import { createEndpoint, type Row, type Rows } from '#simulators/mybeezbox/records'

const needed = z.string().min(1)
const links = { link_to_nv_settings: flag, link_to_ngc_settings: flag }

/** Section "Create a new network partner". The registrations may be empty, as in its sample. */
const PartnerBody = z.strictObject({
  name: needed,
  ...partnerBody,
  siret_number: needed,
  legal_representative_first_name: needed,
  legal_representative_last_name: needed,
  hq_address_line_1: needed,
  hq_postal_code: needed.max(10),
  hq_city: needed,
  hq_country: needed,
  rcs: z.string(),
  ape: z.string(),
  vat_id: z.string(),
  website: z.url(),
  ...links,
  partner_tags: z.array(z.record(z.string(), z.unknown())).optional(),
})

/** Section "Update a network partner". */
const Changes = z.strictObject({
  source_id: needed.optional(),
  siret_number: needed.optional(),
  status: z.enum(['i', 'n']).optional(),
  ...links,
})

function named(partners: Rows, { source_id, siret_number }: z.output<typeof Changes>): Row {
  if (source_id === undefined && siret_number === undefined)
    throw invalid({ source_id: ['This field is required.'] })
  const found = partners
    .all()
    .find(
      partner =>
        typeof partner['source_id'] === 'string' &&
        (source_id === undefined || partner['source_id'] === source_id) &&
        (siret_number === undefined || partner['siret_number'] === siret_number),
    )
  if (!found) throw notFound()
  return found
}

function updatePartner(partners: Rows): Endpoint {
  return {
    operation: 'networkPartners.update',
    method: 'PATCH',
    path: '/networkpartners/',
    effect: 'kept',
    renamed: ['id', 'uuid'],
    accept: call => {
      const { source_id, siret_number, ...changes } = read(Changes, call.body)
      const partner = named(partners, { source_id, siret_number })
      return {
        triggers: [byName(source_id ?? '')],
        apply: () => {
          const changed: Row = { ...partner, ...changes }
          partners.put(String(partner['uuid']), changed)
          const { id, status, name, link_to_nv_settings, link_to_ngc_settings } = changed
          const linked = {
            linked_to_nv_settings: link_to_nv_settings,
            linked_to_ngc_settings: link_to_ngc_settings,
          }
          return { status: 200, body: { id, status, name, ...linked } }
        },
      }
    },
  }
}

export function networkPartnerEndpoints(store: Store, partners: Rows): Endpoint[] {
  const create = createEndpoint({
    noun: 'networkPartners',
    path: '/networkpartners/',
    rows: partners,
    key: 'uuid',
    store,
    body: PartnerBody,
    answers: NETWORK_FIELDS,
    row: (id, body) => ({ id, uuid: uuidOf(id), status: 'n', source_id: `S${id}`, ...body }),
    triggers: ({ agency_email, commercial_name }) => [byEmail(agency_email), byName(commercial_name)],
  })
  return [create, updatePartner(partners)]
}
