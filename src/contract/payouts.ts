import { z } from 'zod'
import { ServiceType } from '#contract/quotes'
import { Mode, ProviderId, Timestamp } from '#contract/vocabulary'

export const payoutStatuses = ['pending', 'succeeded', 'other'] as const

/** What a provider pays, or has paid, to a supplier for an order. */
export const Payout = z
  .object({
    id: z.string().meta({ description: "The provider's own id.", examples: ['915'] }),
    object: z.literal('payout'),
    mode: Mode,
    provider: ProviderId,
    status: z
      .enum(payoutStatuses)
      .meta({ description: '`other`: a status that is not documented; see `provider_status`.' }),
    provider_status: z.string().nullable().meta({ description: 'The word of the provider, verbatim.' }),
    bill: z.string().nullable(),
    supplier: z.string().nullable(),
    type: ServiceType,
    paid_at: Timestamp.nullable(),
    created_at: Timestamp.nullable(),
  })
  .meta({ id: 'Payout', description: 'What a provider pays, or has paid, to a supplier for an order.' })
export type Payout = z.infer<typeof Payout>
