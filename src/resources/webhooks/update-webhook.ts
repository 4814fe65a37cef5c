import { appendAudit } from '#audit/append-audit'
import type { Webhook, WebhookChanges } from '#contract/webhooks'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import { checkedUrl } from '#resources/webhooks/checked-url'
import { endDeliveries } from '#resources/webhooks/deliveries/store'
import { lockWebhook, updateWebhook as writeWebhook } from '#resources/webhooks/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Whether and why it is disabled afterwards. One that is disabled already keeps its reason. */
function stateAfter(
  { state, disabled_at, disabled_reason }: Webhook,
  wanted: Webhook['state'],
  now: Date,
): Pick<Webhook, 'disabled_at' | 'disabled_reason'> {
  if (wanted === 'enabled') return { disabled_at: null, disabled_reason: null }
  if (state === 'disabled') return { disabled_at, disabled_reason }
  return { disabled_at: now.toISOString(), disabled_reason: 'requested' }
}

/** Changes what is given. Disabling ends what is on its way. Throws `not_found` and `validation_failed`. */
export function updateWebhook(
  { database, config, now }: Services,
  call: Call,
  id: string,
  changes: WebhookChanges,
): Promise<Webhook> {
  const uuid = uuidOf('webhook', id)
  return database.transaction(async tx => {
    const at = now()
    const webhook = await lockWebhook(tx, call.caller, uuid, at)
    if (!webhook) throw notFound('webhook')
    const wanted = {
      url: changes.url ? checkedUrl(changes.url, config) : webhook.url,
      events: changes.events ?? webhook.events,
      metadata: changes.metadata ?? webhook.metadata,
      ...stateAfter(webhook, changes.state ?? webhook.state, at),
    }
    if (wanted.disabled_at) endDeliveries(tx, call.caller, uuid)
    const data = { state: wanted.disabled_at ? 'disabled' : 'enabled', events: wanted.events }
    const resource = { prefix: 'webhook' as const, uuid }
    appendAudit(tx, call, { action: 'webhooks.updated', resource, data, at })
    return writeWebhook(tx, call.caller, uuid, wanted, at)
  })
}
