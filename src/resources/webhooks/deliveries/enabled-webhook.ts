import type { Webhook } from '#contract/webhooks'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import { getWebhook } from '#resources/webhooks/read-webhooks'
import type { Services } from '#services'

/** A webhook that something can be sent to. Throws `not_found` and `state_conflict`. */
export async function getEnabledWebhook(services: Services, call: Call, id: string): Promise<Webhook> {
  const webhook = await getWebhook(services, call, id)
  if (webhook.state === 'enabled') return webhook
  throw new ProblemError('state_conflict', 'This webhook is disabled. Enable it first.')
}
