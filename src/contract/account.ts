import { z } from 'zod'
import { appearance, appearanceChanges, changesSomething, NOTHING } from '#contract/branches'
import { Mode, ProviderData, ProviderId } from '#contract/vocabulary'

export const AccountChanges = z
  .strictObject(appearanceChanges)
  .refine(changesSomething, NOTHING)
  .meta({
    id: 'ProviderAccountChanges',
    description: 'Only the fields that change.',
    examples: [{ name: 'Partner Account Renamed', theme_color_primary: '#000000' }],
  })
export type AccountChanges = z.output<typeof AccountChanges>

export const ProviderAccount = z
  .object({
    object: z.literal('provider_account'),
    mode: Mode,
    provider: ProviderId,
    ...appearance,
    slug: z.string().nullable(),
    provider_data: ProviderData.exactOptional(),
  })
  .meta({ id: 'ProviderAccount', description: 'Your account at a provider.' })
export type ProviderAccount = z.infer<typeof ProviderAccount>
