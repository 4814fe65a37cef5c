import { z } from 'zod'
import { type Clock, type Endpoint, Refusal } from '#simulators/core/endpoint'
import { byEmail, byName, byPostcode } from '#simulators/core/magic'
import type { Collection } from '#simulators/core/store'
import { type OneUtilityBillDialect, timestamp } from '#simulators/one-utility-bill/dialect'
import { DateField, PostcodeField } from '#simulators/one-utility-bill/fields'
import type { Uuids } from '#simulators/one-utility-bill/uuids'
import { parsePhone } from '#values/phone'

const text = (min: number, max: number) => z.string().min(min).max(max)

const Email = z
  .email()
  .max(191)
  // Stands for the provider's DNS check: names under this domain never resolve (RFC 6761).
  .refine(email => !email.toLowerCase().endsWith('.invalid'), {
    error: 'The :attribute must be a valid email address.',
  })

const LeadBody = z.strictObject({
  property: z.strictObject({
    address_line_1: text(1, 191),
    address_line_2: text(1, 191).optional(),
    city: text(1, 60),
    county: text(1, 191).optional(),
    postcode: PostcodeField,
    uprn: z.string().max(12).optional(),
    umprn: z.string().max(10).optional(),
    udprn: z.string().max(8).optional(),
  }),
  contact: z.strictObject({
    first_name: text(2, 191),
    last_name: text(2, 191),
    email_address: Email,
    phone_number: text(7, 15),
    country_code: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
  }),
  quote_id: z.string().optional(),
  tenancy_start_date: DateField.optional(),
  metadata: z
    .array(
      z.strictObject({
        meta_key: z.enum(['enquiry_id', 'lead_source', 'original_source_agent', 'is_homebuyer']),
        meta_value: z.string(),
      }),
    )
    .optional(),
})
type LeadBody = z.output<typeof LeadBody>

const Dated = { id: z.string(), created_at: z.string(), updated_at: z.string() }
export const Lead = z.object({
  ...Dated,
  quote_id: z.string().nullable(),
  tenancy_start_date: z.string().nullable(),
  property: z.object({
    ...Dated,
    address_line_1: z.string(),
    address_line_2: z.string().nullable(),
    city: z.string(),
    county: z.string().nullable(),
    postcode: z.string(),
    uprn: z.string().nullable(),
    umprn: z.string().nullable(),
    udprn: z.string().nullable(),
  }),
  contact: z.object({
    ...Dated,
    first_name: z.string(),
    last_name: z.string(),
    email_address: z.string(),
    phone_number: z.string(),
    country_code: z.string().nullable(),
  }),
  metadata: z.array(z.object({ ...Dated, meta_key: z.string(), meta_value: z.string() })),
})
type Lead = z.infer<typeof Lead>

interface Context {
  readonly uuids: Uuids
  readonly clock: Clock
  readonly dialect: OneUtilityBillDialect
  readonly leads: Collection<Lead>
}

/** A phone is turned into E.164 where it can be, else kept as it came (leads.store). */
function contactOf({ country_code, ...contact }: LeadBody['contact']) {
  const phone = parsePhone(contact.phone_number)
  return {
    ...contact,
    phone_number: phone?.e164 ?? contact.phone_number,
    country_code: country_code ?? phone?.country ?? null,
  }
}

function leadOf(body: LeadBody, uuids: Uuids, at: string): Lead {
  const dated = { created_at: at, updated_at: at }
  const { address_line_2, county, uprn, umprn, udprn, ...property } = body.property
  return {
    id: uuids.make('lead'),
    quote_id: body.quote_id ?? null,
    tenancy_start_date: body.tenancy_start_date ?? null,
    property: {
      id: uuids.make(),
      ...property,
      address_line_2: address_line_2 ?? null,
      county: county ?? null,
      uprn: uprn ?? null,
      umprn: umprn ?? null,
      udprn: udprn ?? null,
      ...dated,
    },
    contact: { id: uuids.make(), ...contactOf(body.contact), ...dated },
    metadata: (body.metadata ?? []).map(pair => ({ id: uuids.make(), ...pair, ...dated })),
    ...dated,
  }
}

function createLead({ uuids, clock, dialect, leads }: Context): Endpoint {
  return {
    operation: 'leads.create',
    method: 'POST',
    path: '/api/v1/leads',
    effect: 'kept',
    renamed: ['id', 'uuid'],
    accept: call => {
      const body = dialect.read(LeadBody, call.body)
      if (body.quote_id !== undefined && !uuids.isIssued('quote', body.quote_id)) {
        throw new Refusal(dialect.invalid({ quote_id: ['The selected quote id is invalid.'] }))
      }
      const { email_address, last_name } = body.contact
      return {
        triggers: [byEmail(email_address), byName(last_name), byPostcode('order', body.property.postcode)],
        apply: () => {
          const lead = leadOf(body, uuids, timestamp(clock()))
          leads.put(lead.id, lead)
          return { status: 201, body: { data: lead } }
        },
      }
    },
  }
}

function getLead({ dialect, leads }: Context): Endpoint {
  return {
    operation: 'leads.get',
    method: 'GET',
    path: '/api/v1/leads/:lead_id',
    effect: 'none',
    renamed: ['id', 'uuid'],
    accept: ({ params }) => {
      const lead = leads.get(params['lead_id'] ?? '')
      if (!lead) throw new Refusal(dialect.notFound())
      return {
        triggers: [byPostcode('read', lead.property.postcode)],
        apply: () => ({ status: 200, body: { data: lead } }),
      }
    },
  }
}

export function leadEndpoints(context: Context): Endpoint[] {
  return [createLead(context), getLead(context)]
}
