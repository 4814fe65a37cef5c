import { z } from 'zod'
import { Address, AddressInput } from '#contract/addresses'
import { BillingAddressInput, ContactInput } from '#contract/tenants'
import {
  absentable,
  idOf,
  Metadata,
  Mode,
  PlainDate,
  ProviderData,
  ProviderId,
  Timestamp,
  text,
} from '#contract/vocabulary'

const Responsible = ContactInput.omit({ country_code: true }).meta({ id: 'ResponsibleTenantRequest' })

const Forwarding = z
  .strictObject({
    name: text(191),
    phone: ContactInput.shape.phone,
    email: ContactInput.shape.email,
    address: BillingAddressInput,
  })
  .meta({ id: 'ForwardingRequest', description: 'Where the previous lead tenant is reached.' })

export const VoidRequest = z
  .strictObject({
    provider: absentable(ProviderId).meta({
      description: 'Who is told; the only provider that takes voids when absent.',
    }),
    property_id: absentable(idOf('property')),
    address: absentable(AddressInput),
    tenancy: z.strictObject({ start_date: PlainDate, end_date: absentable(PlainDate) }),
    premium: absentable(z.boolean()).meta({
      description: 'One list of bills for the whole period, energy on a void tariff. Defaults to false.',
    }),
    property_empty: z.boolean(),
    notifications: absentable(z.boolean()).meta({
      description: 'Whether suppliers are told of the change of tenancy. Defaults to false.',
    }),
    responsible_tenant: absentable(Responsible),
    responsible_address: absentable(BillingAddressInput),
    forwarding: absentable(Forwarding),
    property_reference: absentable(text(191)),
    branch_id: absentable(idOf('branch')),
    metadata: absentable(Metadata),
  })
  .refine(body => Boolean(body.property_id) !== Boolean(body.address), {
    path: ['property_id'],
    error: 'either property_id or address is required',
    params: { code: 'required' },
  })
  .refine(body => !body.tenancy.end_date || body.tenancy.end_date > body.tenancy.start_date, {
    path: ['tenancy', 'end_date'],
    error: 'must be after start_date',
    params: { code: 'end_before_start' },
  })
  .meta({
    id: 'VoidRequest',
    description:
      'A period in which nobody lives in a house. The people named are told to the provider and not kept.',
    examples: [
      {
        address: { line_1: '123 Test Lane', city: 'London', county: 'Greater London', postcode: 'EC1V 2NX' },
        tenancy: { start_date: '2027-07-01', end_date: '2027-07-15' },
        property_empty: true,
        notifications: true,
        responsible_tenant: {
          first_name: 'John',
          last_name: 'Doe',
          email: 'john.doe@example.com',
          phone: '+44 1234 567891',
        },
        responsible_address: {
          line_1: '123 Test',
          line_2: 'Example Road',
          city: 'London',
          county: 'Greater London',
          postcode: 'BN10 8UE',
        },
      },
    ],
  })
export type VoidRequest = z.output<typeof VoidRequest>

export const voidStatuses = ['submitting', 'unknown', 'created'] as const

export const Void = z
  .object({
    id: z.string().meta({ examples: ['void_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('void'),
    mode: Mode,
    provider: ProviderId,
    status: z.enum(voidStatuses).meta({ description: '`unknown` while nobody knows whether it was taken.' }),
    property_id: z.string().nullable(),
    address: Address.nullable(),
    tenancy: z.object({ id: z.string().nullable(), start_date: z.string(), end_date: z.string().nullable() }),
    premium: z.boolean(),
    property_empty: z.boolean().nullable(),
    notifications: z.boolean(),
    property_reference: z.string().nullable(),
    branch_id: z.string().nullable(),
    provider_ids: z.array(z.string()),
    metadata: Metadata,
    created_at: Timestamp,
    updated_at: Timestamp,
    provider_data: ProviderData.exactOptional(),
  })
  .meta({
    id: 'Void',
    description: 'A void period. Who answers for it is shown by its tenancy, as the provider has it.',
  })
export type Void = z.infer<typeof Void>
