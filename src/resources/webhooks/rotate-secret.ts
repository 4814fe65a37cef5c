import { appendAudit } from '#audit/append-audit'
import { Webhook } from '#contract/webhooks'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import { makeSecret, sealSecret } from '#resources/webhooks/secrets'
import { findWebhook, rotateWebhookSecret } from '#resources/webhooks/store'
import type { Services } from '#services'
import { addDays } from '#values/dates'
import { uuidOf } from '#values/ids'

/** How long deliveries are signed with the old secret as well. */
const OVERLAP_DAYS = 1

/** Makes a new secret and shows it, this once. Throws `not_found`. */
export function rotateSecret(services: Services, call: Call, id: string): Promise<Answer> {
  const uuid = uuidOf('webhook', id)
  const { database, vault, idempotency } = services
  return idempotency.once(call, async () => {
    if (!(await findWebhook(database.sql, call.caller, uuid, services.now()))) throw notFound('webhook')
    return claim =>
      database.transaction(async tx => {
        const secret = makeSecret()
        const now = services.now()
        const rotation = { secret: sealSecret(vault, uuid, secret), until: addDays(now, OVERLAP_DAYS), now }
        const webhook = await rotateWebhookSecret(tx, call.caller, uuid, rotation)
        if (!webhook) throw notFound('webhook')
        const resource = { prefix: 'webhook' as const, uuid }
        appendAudit(tx, call, { action: 'webhooks.secret_rotated', resource, data: {}, at: now })
        const answer = respond(Webhook, { ...webhook, secret })
        claim.settle(tx, answer)
        return answer
      })
  })
}
