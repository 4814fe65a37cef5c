import { appendAudit } from '#audit/append-audit'
import { type Answer, NO_CONTENT } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import { endDeliveries } from '#resources/webhooks/deliveries/store'
import { deleteWebhookRow } from '#resources/webhooks/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Nothing more is sent there, and its secrets are gone at once. Throws `not_found`. */
export function deleteWebhook({ database, now }: Services, call: Call, id: string): Promise<Answer> {
  const uuid = uuidOf('webhook', id)
  return database.transaction(async tx => {
    const at = now()
    if (!(await deleteWebhookRow(tx, call.caller, uuid, at))) throw notFound('webhook')
    endDeliveries(tx, call.caller, uuid)
    const resource = { prefix: 'webhook' as const, uuid }
    appendAudit(tx, call, { action: 'webhooks.deleted', resource, data: {}, at })
    return NO_CONTENT
  })
}
