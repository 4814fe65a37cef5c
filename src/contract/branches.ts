import { z } from 'zod'
import { ContactInput } from '#contract/tenants'
import { UploadedFile } from '#contract/uploads'
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

export const ThemeColor = z
  .string()
  .regex(/^#[\da-fA-F]{6}$/, { error: 'must be a colour such as #E3E3E3' })
  .meta({ examples: ['#40BF67'] })

export const BranchRequest = z
  .strictObject({
    provider: absentable(ProviderId).meta({
      description: 'Where it is made; the only provider that has branches when absent.',
    }),
    name: text(191),
    email: ContactInput.shape.email.meta({
      description: 'Told to the provider, which sends an invitation; not kept.',
    }),
    theme_color_primary: absentable(ThemeColor),
    reference_number: absentable(text(191)),
    logo: absentable(UploadedFile).meta({ description: 'A PNG or JPEG; multipart requests only.' }),
    metadata: absentable(Metadata),
  })
  .meta({
    id: 'BranchRequest',
    description: 'A branch of your account at a provider, as JSON, or as a multipart form with its logo.',
    examples: [
      {
        name: 'Child Partner',
        email: 'child.partner1@example.com',
        theme_color_primary: '#000000',
        reference_number: '123456789',
      },
    ],
  })
export type BranchRequest = z.output<typeof BranchRequest>

/** How an account or branch presents itself, as far as it can be changed. */
export const appearanceChanges = {
  name: absentable(text(191)),
  theme_color_primary: absentable(ThemeColor),
  reference_number: absentable(text(191)),
}
export const changesSomething = (body: object) => Object.values(body).some(value => value !== null)
export const NOTHING = { error: 'must change something', params: { code: 'required' } }

export const BranchChanges = z
  .strictObject(appearanceChanges)
  .refine(changesSomething, NOTHING)
  .meta({
    id: 'BranchChanges',
    description: 'Only the fields that change.',
    examples: [{ name: 'Child Partner Renamed' }],
  })
export type BranchChanges = z.output<typeof BranchChanges>

const shown = z.string().nullable()
/** How an account or branch presents itself. */
export const appearance = {
  name: shown,
  reference_number: shown,
  theme_color_primary: shown,
  logo_url: shown,
  management_fee: shown.meta({ description: 'As the provider writes it.', examples: ['25'] }),
}

export const Branch = z
  .object({
    id: z.string().meta({ examples: ['branch_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('branch'),
    mode: Mode,
    provider: ProviderId,
    ...appearance,
    provider_ids: z.array(z.string()),
    metadata: Metadata,
    created_at: Timestamp,
    updated_at: Timestamp,
    provider_data: ProviderData.exactOptional(),
  })
  .meta({ id: 'Branch', description: 'A branch of your account at a provider.' })
export type Branch = z.infer<typeof Branch>

export const BranchQuery = ListQuery.extend({ provider: ProviderId.exactOptional() })
export const BranchParams = z.strictObject({ branch_id: idOf('branch') })
