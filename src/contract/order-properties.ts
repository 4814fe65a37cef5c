import { z } from 'zod'
import { Address } from '#contract/addresses'
import { Mode, ProviderData, ProviderId } from '#contract/vocabulary'

export const orderPropertyStatuses = ['pending', 'active', 'cancelled', 'ended', 'other'] as const

/** The house of an order as its provider has it. */
export const OrderProperty = z
  .object({
    object: z.literal('order_property'),
    mode: Mode,
    provider: ProviderId,
    order_id: z.string(),
    property_id: z.string().nullable(),
    occupants: z.int().nullable(),
    tenancy: z.object({ start_date: z.string().nullable(), end_date: z.string().nullable() }),
    move_in_date: z.string().nullable(),
    status: z
      .enum(orderPropertyStatuses)
      .meta({ description: '`other`: a status that is not documented; see `provider_status`.' }),
    provider_status: z.string().nullable().meta({ description: 'The word of the provider, verbatim.' }),
    address: Address.nullable(),
    provider_data: ProviderData.exactOptional(),
  })
  .meta({ id: 'OrderProperty', description: 'The house of an order as its provider has it.' })
export type OrderProperty = z.infer<typeof OrderProperty>
