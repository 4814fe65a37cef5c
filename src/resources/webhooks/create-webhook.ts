import { appendAudit } from '#audit/append-audit'
import { Webhook, type WebhookRequest } from '#contract/webhooks'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import { checkedUrl } from '#resources/webhooks/checked-url'
import { makeSecret, sealSecret } from '#resources/webhooks/secrets'
import { countWebhooks, insertWebhook } from '#resources/webhooks/store'
import type { Services } from '#services'
import { idFromUuid, newUuid } from '#values/ids'

/** Each event is a row and a request for each of them. */
const MOST_WEBHOOKS = 50

/** The only answer but that of a rotation that shows the secret. Throws `validation_failed` and `state_conflict`. */
export function createWebhook(services: Services, call: Call, body: WebhookRequest): Promise<Answer> {
  const { database, vault, idempotency, config } = services
  return idempotency.once(call, async () => {
    const url = checkedUrl(body.url, config)
    if ((await countWebhooks(database.sql, call.caller)) >= MOST_WEBHOOKS)
      throw new ProblemError('state_conflict', `An account has at most ${MOST_WEBHOOKS} webhooks.`)
    return claim =>
      database.transaction(async tx => {
        const uuid = newUuid()
        const secret = makeSecret()
        const at = services.now()
        const { events, metadata } = body
        const sealed = sealSecret(vault, uuid, secret)
        const row = { uuid, url, events: events ?? [], metadata: metadata ?? {}, secret: sealed, at }
        const webhook = await insertWebhook(tx, call.caller, row)
        const resource = { prefix: 'webhook' as const, uuid }
        appendAudit(tx, call, {
          action: 'webhooks.created',
          resource,
          data: { events: row.events },
          at,
        })
        const headers = { location: `/v1/webhooks/${idFromUuid('webhook', uuid)}` }
        const answer = respond(Webhook, { ...webhook, secret }, { status: 201, headers })
        claim.settle(tx, answer)
        return answer
      })
  })
}
