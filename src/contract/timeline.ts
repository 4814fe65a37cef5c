import { z } from 'zod'
import { ProviderId, Timestamp } from '#contract/vocabulary'

const id = z.string().nullable()

/** What happens at once is shown in this order. */
export const timelineKinds = [
  'quote',
  'lead',
  'order',
  'payer',
  'invite',
  'operation',
  'provider_object',
  'call',
  'event',
] as const

export const TimelineEntry = z
  .object({
    object: z.literal('timeline_entry'),
    at: Timestamp,
    kind: z.enum(timelineKinds).meta({
      description:
        '`provider_object`: what lives at a provider alone and was made for the order, such as a payment. `call`: one request to a provider.',
    }),
    resource: id.meta({
      description: 'The resource of yours that it is, or that it is for.',
      examples: ['order_01kb2z6x9ve8vs2m0g5a7d3c1r'],
    }),
    operation: id.meta({ description: 'The operation that it is, or that has made it.' }),
    call: id,
    event: id,
    provider: ProviderId.nullable(),
    name: z
      .string()
      .nullable()
      .meta({
        description: 'Of an operation, a call or an event, or what kind of object it is at the provider.',
        examples: ['orders.create', 'tenant.mandate_changed', 'payment_request'],
      }),
    state: z
      .string()
      .nullable()
      .meta({
        description:
          'Status of a resource, of a mandate for a payer; state of an operation, outcome of a call; what an event says that it has become.',
        examples: ['active'],
      }),
    provider_ids: z.array(z.string()),
    http_status: z.int().nullable().meta({ description: 'What a call was answered with.' }),
  })
  .meta({ id: 'TimelineEntry', description: 'Something in the life of an order: ids and states only.' })
export type TimelineEntry = z.infer<typeof TimelineEntry>
