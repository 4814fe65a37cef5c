import { z } from 'zod'
import { ServiceType } from '#contract/quotes'
import { UploadedFile } from '#contract/uploads'
import { absentable, Mode, ProviderId, text } from '#contract/vocabulary'

export const postalBillStates = ['requires_action', 'other'] as const

export const PostalBillRequest = z
  .strictObject({
    notes: absentable(text(2_000)).meta({ description: 'What the tenant says of it.' }),
    file: UploadedFile.meta({ description: 'The bill: JPEG, PNG, HEIC or PDF.' }),
  })
  .meta({ id: 'PostalBillRequest', description: 'A bill that came by post.' })
export type PostalBillRequest = z.output<typeof PostalBillRequest>

export const PostalBill = z
  .object({
    id: z.string().meta({ description: "The provider's own id.", examples: ['3'] }),
    object: z.literal('postal_bill'),
    mode: Mode,
    provider: ProviderId,
    name: z.string().nullable().meta({ description: 'Under which the provider keeps it.' }),
    url: z.string().nullable(),
    notes: z.string().nullable(),
    feedback: z.string().nullable().meta({ description: 'What the provider says of it.' }),
    state: z
      .enum(postalBillStates)
      .meta({ description: '`other`: a state that is not documented; see `provider_state`.' }),
    provider_state: z.string().nullable().meta({ description: 'The word of the provider, verbatim.' }),
    type: ServiceType.nullable().meta({
      description: 'What it is for; null until somebody has looked at it.',
    }),
    created_on: z.string().nullable(),
  })
  .meta({ id: 'PostalBill', description: 'A bill that came by post.' })
export type PostalBill = z.infer<typeof PostalBill>
