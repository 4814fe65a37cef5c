import { z } from 'zod'
import { Address, AddressInput } from '#contract/addresses'
import {
  absentable,
  idOf,
  ListQuery,
  Metadata,
  Mode,
  PlainDate,
  ProviderData,
  ProviderId,
  providerIds,
  SingleQuery,
  Timestamp,
  text,
} from '#contract/vocabulary'
import { ProviderFailure } from '#contract/problems'
import { ContactInput, Tenant } from '#contract/tenants'

export const LeadSourceInput = z
  .strictObject({
    enquiry_id: absentable(text(191)),
    lead_source: absentable(text(191)),
    original_source_agent: absentable(text(191)),
    is_homebuyer: absentable(z.boolean()),
  })
  .meta({ id: 'LeadSourceRequest', description: 'Where the lead came from; passed on to One Utility Bill.' })

export const LeadRequest = z
  .strictObject({
    providers: absentable(z.array(ProviderId).min(1).max(providerIds.length)).meta({
      description: 'Whom to hand the lead to; defaults to all connected ones that take leads.',
    }),
    quote_id: absentable(idOf('quote')).meta({ description: 'Fills in address and tenancy.' }),
    offer_id: absentable(idOf('offer')).meta({
      description: 'The offer that interests them; names its quote too.',
    }),
    address: absentable(AddressInput),
    tenancy: absentable(
      z.strictObject({ start_date: absentable(PlainDate), end_date: absentable(PlainDate) }),
    ),
    tenants: z.array(ContactInput).min(1).max(50),
    notifications: absentable(z.boolean()).meta({
      description:
        'Whether suppliers are told of the change of tenancy. Defaults to true; Homebox then needs an address.',
    }),
    existing_tenancy: absentable(z.boolean()).meta({ description: 'Defaults to false: a new tenancy.' }),
    managing_party_name: absentable(text(191)),
    property_reference: absentable(text(191)),
    branch_id: absentable(idOf('branch')),
    source: absentable(LeadSourceInput),
    metadata: absentable(Metadata),
  })
  .refine(
    body =>
      !(body.tenancy?.start_date && body.tenancy.end_date) || body.tenancy.end_date > body.tenancy.start_date,
    {
      path: ['tenancy', 'end_date'],
      error: 'must be after start_date',
      params: { code: 'end_before_start' },
    },
  )
  .meta({
    id: 'LeadRequest',
    description: 'A household to be contacted by providers.',
    examples: [
      {
        address: {
          line_1: '5 Media Exchange',
          line_2: 'Coquet Street',
          city: 'Newcastle upon Tyne',
          postcode: 'NE1 2QB',
        },
        tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
        tenants: [
          { first_name: 'Jane', last_name: 'Smith', email: 'jane.smith@example.com', phone: '07700 900123' },
        ],
        source: { enquiry_id: '123' },
      },
    ],
  })
export type LeadRequest = z.output<typeof LeadRequest>

export const submissionStatuses = ['submitted', 'rejected', 'failed', 'unknown'] as const

export const LeadSubmission = z
  .object({
    provider: ProviderId,
    status: z.enum(submissionStatuses).meta({
      description:
        '`rejected`: the provider, or what it needs, stands against it. `failed`: the provider cannot have taken it, for reasons that do not lie with the lead: `retry` sends it again. `unknown`: it may have been taken.',
    }),
    tenant_id: z
      .string()
      .nullable()
      .meta({ description: 'The contact it is about, where the provider takes one per lead.' }),
    operation_id: z.string().nullable(),
    provider_ids: z.array(z.string()),
    error: ProviderFailure.nullable(),
    completed_at: Timestamp.nullable(),
  })
  .meta({ id: 'LeadSubmission', description: 'What became of a lead at one provider.' })
export type LeadSubmission = z.infer<typeof LeadSubmission>

export const leadStatuses = ['submitted', 'partial', 'failed', 'unknown'] as const

export const Lead = z
  .object({
    id: z.string().meta({ examples: ['lead_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('lead'),
    mode: Mode,
    status: z
      .enum(leadStatuses)
      .meta({ description: '`unknown` while any submission may have been taken without our knowing.' }),
    quote_id: z.string().nullable(),
    offer_id: z.string().nullable(),
    property_id: z.string().nullable(),
    branch_id: z.string().nullable(),
    address: Address.nullable(),
    tenancy: z.object({ start_date: z.string().nullable(), end_date: z.string().nullable() }),
    tenants: z.array(Tenant),
    notifications: z.boolean(),
    existing_tenancy: z.boolean(),
    managing_party_name: z.string().nullable(),
    property_reference: z.string().nullable(),
    source: z.object({
      enquiry_id: z.string().nullable(),
      lead_source: z.string().nullable(),
      original_source_agent: z.string().nullable(),
      is_homebuyer: z.boolean().nullable(),
    }),
    submissions: z.array(LeadSubmission),
    metadata: Metadata,
    created_at: Timestamp,
    updated_at: Timestamp,
    provider_data: ProviderData.exactOptional(),
  })
  .meta({ id: 'Lead', description: 'A household handed to providers so that they contact it.' })
export type Lead = z.infer<typeof Lead>

export const LeadQuery = ListQuery.extend({
  status: z.enum(leadStatuses).exactOptional(),
  branch_id: idOf('branch').exactOptional(),
})

export const LeadReadQuery = SingleQuery.extend({
  refresh: z
    .enum(['true', 'false'])
    .exactOptional()
    .meta({ description: '`true` reads the lead at the providers first.' }),
})

/** Which submissions are to be sent again. */
export const LeadRetry = z
  .strictObject({
    operation_ids: absentable(z.array(idOf('operation')).min(1).max(200)).meta({
      description: '`operation_id` of failed submissions; all that can be sent again when absent.',
    }),
  })
  .meta({ id: 'LeadRetry', description: 'Which failed submissions are to be sent again.' })
export type LeadRetry = z.output<typeof LeadRetry>
