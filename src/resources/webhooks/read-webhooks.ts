import type { ListQuery } from '#contract/vocabulary'
import type { Webhook } from '#contract/webhooks'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import { findWebhook, listWebhookRows } from '#resources/webhooks/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Throws `not_found`, also for one that was deleted. */
export async function getWebhook(services: Services, call: Call, id: string): Promise<Webhook> {
  const uuid = uuidOf('webhook', id)
  const webhook = await findWebhook(services.database.sql, call.caller, uuid, services.now())
  if (webhook) return webhook
  throw notFound('webhook')
}

/** A page of the account's webhooks, newest first. */
export async function listWebhooks(services: Services, call: Call, query: ListQuery): Promise<Page<Webhook>> {
  const page = services.cursors.read(query, 'webhooks', call.caller)
  const rows = await listWebhookRows(services.database.sql, call.caller, page, services.now())
  return services.cursors.page(rows, page, 'webhooks', call.caller, row => uuidOf('webhook', row.id))
}
