import { z } from 'zod'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { OneUtilityBillClient } from '#providers/one-utility-bill/client'
import { serves } from '#providers/one-utility-bill/dialect'
import type { Implements } from '#providers/port/index'
import type { ProviderLead } from '#providers/port/leads'
import { needed, sendable, withoutNulls } from '#providers/port/sendable'
import { isPlainDate } from '#values/dates'
import { nations } from '#values/postcode'
import { parsePhone } from '#values/phone'

const Lead = z.object({
  id: z.string().min(1),
  tenancy_start_date: orNull(z.string().refine(isPlainDate)),
  property: orNull(
    z.object({
      id: OptionalText,
      address_line_1: OptionalText,
      address_line_2: OptionalText,
      city: OptionalText,
      county: OptionalText,
      postcode: OptionalText,
    }),
  ),
  contact: orNull(z.object({ id: OptionalText, email_address: OptionalText, phone_number: OptionalText })),
  created_at: orNull(z.iso.datetime().transform(text => new Date(text).toISOString())),
})
const LeadAnswer = z.object({ data: Lead })

export const oneUtilityBillLeads = {
  'leads.create': async (client, draft) => {
    const body = sendable('one_utility_bill', 'leads.create', LeadBody, draft)
    const { data } = await client.post('/api/v1/leads', body, LeadAnswer)
    return fromLead(data)
  },
  'leads.get': async (client, { lead_id }) => {
    const { data } = await client.get({ path: '/api/v1/leads/{lead_id}', params: { lead_id } }, LeadAnswer)
    return fromLead(data)
  },
} satisfies Implements<OneUtilityBillClient>

const line = z.string().min(1).max(191)
const optionalLine = line.nullable()

/** "The provided address must be in either England, Scotland or Wales." */
const Property = z
  .object({
    line_1: needed(line),
    line_2: optionalLine,
    city: needed(z.string().min(1).max(60)),
    county: optionalLine,
    postcode: needed(z.string().min(5).max(8)),
    uprn: z.string().max(12).nullable(),
    umprn: z.string().max(10).nullable(),
    udprn: z.string().max(8).nullable(),
    nation: z.enum(nations).nullable(),
  })
  .refine(({ nation }) => serves(nation), {
    path: ['postcode'],
    error: 'is not within England, Scotland or Wales',
    params: { code: 'not_served' },
  })
  .transform(({ line_1, line_2, nation: _, ...property }) =>
    withoutNulls({ address_line_1: line_1, address_line_2: line_2, ...property }),
  )

/** Chapter "leads.store"; the country is read out of the number where it is not given. */
const Contact = z
  .object({
    first_name: z.string().min(2).max(191),
    last_name: z.string().min(2).max(191),
    email: z.string().max(191),
    phone: z.string().min(7).max(15),
    country_code: z.string().length(2).nullable(),
  })
  .transform(({ first_name, last_name, email, phone, country_code }) =>
    withoutNulls({
      first_name,
      last_name,
      email_address: email,
      phone_number: phone,
      country_code: country_code ?? parsePhone(phone)?.country ?? null,
    }),
  )

const Source = z
  .object({
    enquiry_id: z.string().nullable(),
    lead_source: z.string().nullable(),
    original_source_agent: z.string().nullable(),
    is_homebuyer: z
      .boolean()
      .nullable()
      .transform(answer => (answer === null ? null : String(answer))),
  })
  .transform(source =>
    Object.entries(withoutNulls(source)).map(([meta_key, meta_value]) => ({ meta_key, meta_value })),
  )

const LeadBody = z
  .object({
    address: needed(Property),
    tenants: z.array(Contact).length(1, 'must be one: a lead at One Utility Bill has one contact'),
    provider_quote_id: z.string().nullable(),
    tenancy: z.object({ start_date: z.string().nullable() }),
    source: Source,
  })
  .transform(({ address, tenants, provider_quote_id, tenancy, source }) =>
    withoutNulls<unknown>({
      property: address,
      contact: tenants[0],
      quote_id: provider_quote_id,
      tenancy_start_date: tenancy.start_date,
      metadata: source.length > 0 ? source : null,
    }),
  )

function fromLead({
  id,
  tenancy_start_date,
  property,
  contact,
  created_at,
}: z.output<typeof Lead>): ProviderLead {
  return {
    id,
    tenancy: { start_date: tenancy_start_date, end_date: null },
    property: property && {
      id: property.id,
      address: {
        line_1: property.address_line_1,
        line_2: property.address_line_2,
        city: property.city,
        county: property.county,
        postcode: property.postcode,
      },
    },
    property_reference: null,
    tenants: contact ? [{ id: contact.id, email: contact.email_address, phone: contact.phone_number }] : [],
    completed_at: null,
    created_at,
  }
}
