import { z } from 'zod'
import { Address, AddressInput } from '#contract/addresses'
import {
  absentable,
  idOf,
  ListQuery,
  Metadata,
  Mode,
  ProviderData,
  ProviderId,
  Timestamp,
  text,
} from '#contract/vocabulary'

export const propertyStatuses = [
  'pending',
  'tenant_package',
  'tenants_organising',
  'void_period',
  'unknown',
  'partner_package',
] as const
export type PropertyStatus = (typeof propertyStatuses)[number]

export const PropertyRequest = z
  .strictObject({
    provider: absentable(ProviderId).meta({
      description: 'Whose portfolio it joins; the only provider that keeps properties when absent.',
    }),
    address: AddressInput,
    property_reference: absentable(text(191)),
    branch_id: absentable(idOf('branch')),
    metadata: absentable(Metadata),
  })
  .meta({
    id: 'PropertyRequest',
    description: "A house to add to your portfolio at a provider, or to a branch's.",
    examples: [
      {
        address: { line_1: '123 Test Lane', city: 'London', county: 'Greater London', postcode: 'EC1V 2NX' },
        property_reference: 't0013981',
      },
    ],
  })
export type PropertyRequest = z.output<typeof PropertyRequest>

export const Meters = z
  .object({
    electricity: z.object({
      serial: z.string().nullable(),
      type: z.string().nullable(),
      profile_class: z.string().nullable(),
      economy_7: z.boolean().nullable(),
      energisation: z.string().nullable(),
      gsp: z
        .string()
        .nullable()
        .meta({ description: 'Grid supply point group.', examples: ['_J'] }),
      top_line: z.string().nullable().meta({ description: 'The top line of the MPAN.' }),
    }),
    gas: z.object({ serial: z.string().nullable() }),
  })
  .meta({ id: 'Meters', description: 'The meters of a house, as far as its provider knows them.' })
export type Meters = z.infer<typeof Meters>

export const Property = z
  .object({
    id: z.string().meta({ examples: ['property_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('property'),
    mode: Mode,
    address: Address,
    status: z
      .enum([...propertyStatuses, 'other'])
      .nullable()
      .meta({ description: 'Null for a house that no provider keeps a status of.' }),
    provider_status: z.string().nullable().meta({ description: 'The word of the provider, verbatim.' }),
    mpan: z.string().nullable(),
    mprn: z.string().nullable(),
    uprn: z.string().nullable(),
    meters: Meters,
    property_reference: z.string().nullable(),
    branch_id: z.string().nullable(),
    provider_ids: z.array(z.string()),
    metadata: Metadata,
    created_at: Timestamp,
    updated_at: Timestamp,
    provider_data: ProviderData.exactOptional(),
  })
  .meta({ id: 'Property', description: 'One house, whatever the providers call it.' })
export type Property = z.infer<typeof Property>

export const PropertyQuery = ListQuery.extend({
  status: z.enum(propertyStatuses).exactOptional(),
  q: text(200)
    .exactOptional()
    .meta({ description: 'Words of the address.', examples: ['London'] }),
  provider: ProviderId.exactOptional(),
})
