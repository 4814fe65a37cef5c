import { z } from 'zod'
import { eventTypes } from '#contract/events'
import { absentable, idOf, ListQuery, Metadata, Mode, Timestamp } from '#contract/vocabulary'

/** What can be listened to: a test goes to the webhook that is tested, and to no other. */
export const WebhookEventType = z.enum(eventTypes).exclude(['webhook.test'])
export type WebhookEventType = z.infer<typeof WebhookEventType>

const url = z
  .string()
  .max(2_048)
  .meta({
    description:
      'Where events are sent: `https`, a domain name, port 443 or 8443. Private and loopback addresses are refused when it is called.',
    examples: ['https://agency.example/billbridge'],
  })
const events = z
  .array(WebhookEventType)
  .max(100)
  .transform(types => [...new Set(types)])
  .meta({ description: 'The types to be told of; all when empty.', examples: [['order.status_changed']] })

export const WebhookRequest = z
  .strictObject({ url, events: absentable(events), metadata: absentable(Metadata) })
  .meta({
    id: 'WebhookRequest',
    description: 'Where to send which events.',
    examples: [
      { url: 'https://agency.example/billbridge', events: ['order.created', 'order.status_changed'] },
    ],
  })
export type WebhookRequest = z.output<typeof WebhookRequest>

export const webhookStates = ['enabled', 'disabled'] as const
export const disabledReasons = ['gone', 'requested'] as const

export const WebhookChanges = z
  .strictObject({
    url: absentable(url),
    events: absentable(events),
    state: absentable(z.enum(webhookStates)).meta({
      description: '`enabled` also brings back one that was disabled because it answered 410.',
    }),
    metadata: absentable(Metadata).meta({ description: 'In place of the whole of it.' }),
  })
  .meta({
    id: 'WebhookChanges',
    description: 'What is to be different; the rest stays.',
    examples: [{ events: [], state: 'enabled' }],
  })
export type WebhookChanges = z.output<typeof WebhookChanges>

export const Webhook = z
  .object({
    id: z.string().meta({ examples: ['webhook_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('webhook'),
    mode: Mode,
    url: z.string(),
    events: z.array(WebhookEventType).meta({ description: 'All when empty.' }),
    state: z.enum(webhookStates),
    disabled_reason: z
      .enum(disabledReasons)
      .nullable()
      .meta({ description: '`gone`: it answered 410. `requested`: you disabled it.' }),
    disabled_at: Timestamp.nullable(),
    secret: z
      .string()
      .exactOptional()
      .meta({
        description:
          'What its deliveries are signed with. Shown when it is made and when it is rotated only.',
        examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='],
      }),
    previous_secret_until: Timestamp.nullable().meta({
      description: 'Until when deliveries are signed with the secret before this one as well.',
    }),
    metadata: Metadata,
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Webhook', description: 'An address of yours that events are sent to.' })
export type Webhook = z.infer<typeof Webhook>

export const deliveryStates = ['pending', 'failed', 'delivered', 'dead'] as const
export const DeliveryState = z.enum(deliveryStates).meta({
  description:
    '`pending`: not attempted yet. `failed`: attempted, and tried again at `next_attempt_at`. `dead`: given up.',
})
export type DeliveryState = z.infer<typeof DeliveryState>

export const deliveryErrors = [
  'status',
  'redirect',
  'gone',
  'timeout',
  'unresolved',
  'refused_url',
  'private_address',
  'connection',
  'tls',
  'interrupted',
  'internal',
] as const
export type DeliveryError = (typeof deliveryErrors)[number]

export const DeliveryAttempt = z
  .object({
    attempted_at: Timestamp,
    status: z.int().nullable().meta({ description: 'What the receiver answered; null without an answer.' }),
    duration_ms: z.int(),
    error: z.enum(deliveryErrors).nullable().meta({
      description:
        'Null when it succeeded. `status`: anything but 2xx. `redirect`: not followed. `gone`: 410, which disables the webhook. `timeout`: no answer within 15 s. `unresolved`: the name leads nowhere. `refused_url`, `private_address`: where nothing is sent to. `interrupted`: nobody knows, the gateway stopped.',
    }),
  })
  .meta({ id: 'DeliveryAttempt', description: 'One request to the receiver, with what came of it.' })
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>

export const Delivery = z
  .object({
    id: z.string().meta({ examples: ['delivery_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('delivery'),
    mode: Mode,
    webhook_id: z.string(),
    event_id: z.string().meta({ description: 'Also the `webhook-id` of every attempt.' }),
    event_type: z.enum(eventTypes),
    state: DeliveryState,
    attempts: z.array(DeliveryAttempt).meta({ description: 'The latest 20, oldest first.' }),
    next_attempt_at: Timestamp.nullable(),
    delivered_at: Timestamp.nullable(),
    created_at: Timestamp,
  })
  .meta({ id: 'Delivery', description: 'One event on its way to one webhook.' })
export type Delivery = z.infer<typeof Delivery>

export const DeliveryQuery = ListQuery.extend({ state: DeliveryState.exactOptional() })
export const WebhookParams = z.strictObject({ webhook_id: idOf('webhook') })
export const DeliveryParams = WebhookParams.extend({ delivery_id: idOf('delivery') })
