import { z } from 'zod'
import { OperationState } from '#contract/operations'
import { Email, Invite, Tenant } from '#contract/tenants'
import { Address } from '#contract/addresses'
import { Mode, ProviderId, Timestamp } from '#contract/vocabulary'

export const PersonQuery = z.strictObject({
  email: Email.meta({ description: 'In any case.', examples: ['jane.smith@example.com'] }),
})

export const PersonInput = z.strictObject({ email: Email }).meta({
  id: 'PersonRequest',
  description: 'Whose data it is about: everybody who is known by this e-mail address, in any case.',
  examples: [{ email: 'jane.smith@example.com' }],
})
export type PersonInput = z.output<typeof PersonInput>

const RemovedAt = Timestamp.nullable().meta({ description: 'When they were taken off the order.' })

const PostalAddress = Address.pick({ line_1: true, line_2: true, city: true, county: true, postcode: true })

export const PersonTenant = Tenant.omit({ provider_data: true })
  .extend({
    order_id: z.string().nullable(),
    lead_id: z.string().nullable(),
    billing_address: PostalAddress.nullable(),
    removed_at: RemovedAt,
  })
  .meta({ id: 'PersonTenant', description: 'A person as an order or a lead has them.' })
export type PersonTenant = z.infer<typeof PersonTenant>

export const PersonInvite = Invite.omit({ provider_data: true })
  .extend({
    order_id: z.string(),
    removed_at: RemovedAt,
  })
  .meta({ id: 'PersonInvite', description: 'An invitation to sign up for an order.' })
export type PersonInvite = z.infer<typeof PersonInvite>

export const Disclosure = z
  .object({
    operation_id: z.string().meta({ examples: ['operation_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    operation: z.string().meta({ examples: ['tenants.create'] }),
    provider: ProviderId,
    resource: z.string().meta({ description: 'The order, lead, tenant or invite that it was sent for.' }),
    state: OperationState,
    sent_at: Timestamp.meta({ description: 'When it was last sent.' }),
    fields: z.array(z.string()).meta({ examples: [['first_name', 'last_name', 'email', 'phone']] }),
    fields_from: z.enum(['input', 'operation']).meta({
      description:
        '`input`: what was sent is still kept, and these are its fields. `operation`: it is wiped, and these are the fields that such an operation sends of a person as far as they are given.',
    }),
    provider_ids: z.array(z.string()),
  })
  .meta({ id: 'Disclosure', description: 'What a provider was sent of a person, and when.' })
export type Disclosure = z.infer<typeof Disclosure>

export const sealedKinds = ['operation_input', 'provider_payload', 'idempotent_answer'] as const
export const SealedCopy = z.object({
  kind: z.enum(sealedKinds),
  resource: z.string().nullable().meta({ description: 'What it is kept for.' }),
  provider: ProviderId.nullable(),
  kept_until: Timestamp.nullable().meta({
    description: 'Null: as long as the resource, or until it is settled.',
  }),
})
export type SealedCopy = z.infer<typeof SealedCopy>

const HeldData = {
  mode: Mode,
  tenants: z.array(PersonTenant),
  invites: z.array(PersonInvite),
  disclosures: z.array(Disclosure).meta({ description: 'Newest first.' }),
}

export const Person = z
  .object({
    object: z.literal('person'),
    ...HeldData,
    sealed: z.array(SealedCopy).meta({ description: 'Encrypted copies that name them.' }),
  })
  .meta({ id: 'Person', description: 'What is held about a person, and which provider was sent what.' })
export type Person = z.infer<typeof Person>

export const PersonExport = z
  .object({
    object: z.literal('person_export'),
    exported_at: Timestamp,
    ...HeldData,
    sealed: z.array(
      SealedCopy.extend({
        data: z.unknown().meta({
          description: 'The part that is about this person; bank details masked, secrets removed.',
        }),
      }),
    ),
  })
  .meta({ id: 'PersonExport', description: 'Everything that is held about a person.' })
export type PersonExport = z.infer<typeof PersonExport>

const Erased = z.object({ id: z.string(), erased_at: Timestamp })

export const Erasure = z
  .object({
    object: z.literal('erasure'),
    mode: Mode,
    tenants: z.array(
      Erased.extend({ order_id: z.string().nullable(), lead_id: z.string().nullable() }).meta({
        examples: [
          {
            id: 'tenant_01kb2z6x9ve8vs2m0g5a7d3c1r',
            order_id: 'order_01kb2z6x9ve8vs2m0g5a7d3c1r',
            lead_id: null,
            erased_at: '2026-08-01T09:30:00.000Z',
          },
        ],
      }),
    ),
    invites: z.array(Erased.extend({ order_id: z.string() })),
    still_held_by: z.array(Disclosure).meta({
      description: 'What providers were sent and have: ask each of them to erase it. Newest first.',
    }),
  })
  .meta({ id: 'Erasure', description: 'Whose data was erased here, and who holds it still.' })
export type Erasure = z.infer<typeof Erasure>
