import { z } from 'zod'
import { idOf, ListQuery, Mode, Timestamp } from '#contract/vocabulary'

export const eventTypes = [
  'quote.completed',
  'lead.submitted',
  'lead.failed',
  'lead.status_changed',
  'order.created',
  'order.status_changed',
  'order.action_required',
  'tenant.mandate_changed',
  'payment.failed',
  'payment.succeeded',
  'operation.unknown',
  'operation.settled',
  'provider.circuit_opened',
  'provider.circuit_closed',
  'provider.contract_drift',
  'webhook.test',
] as const
export type EventType = (typeof eventTypes)[number]

export const Event = z
  .object({
    id: z.string().meta({ examples: ['event_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('event'),
    mode: Mode,
    type: z.enum(eventTypes),
    resource: z.string(),
    sequence: z.int().meta({ description: 'Counts up per resource, from 1.' }),
    data: z.record(z.string(), z.unknown()).meta({ description: 'Ids and states; no personal values.' }),
    created_at: Timestamp,
  })
  .meta({ id: 'Event', description: 'Something that happened to a resource.' })
export type Event = z.infer<typeof Event>

export const EventQuery = ListQuery.extend({
  type: z.enum(eventTypes).exactOptional(),
  resource: z
    .string()
    .max(64)
    .exactOptional()
    .meta({ description: 'What it happened to.', examples: ['order_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
})

export const EventParams = z.strictObject({ event_id: idOf('event') })
