import type { z } from 'zod'
import type { Delivery, DeliveryQuery } from '#contract/webhooks'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import { findDelivery, listDeliveryRows } from '#resources/webhooks/deliveries/store'
import { getWebhook } from '#resources/webhooks/read-webhooks'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** The ids of a path below a webhook. */
export interface DeliveryNames {
  readonly webhookId: string
  readonly deliveryId: string
}

/** Throws `not_found`, also when the webhook was deleted. */
export async function getDelivery(
  services: Services,
  call: Call,
  { webhookId, deliveryId }: DeliveryNames,
): Promise<Delivery> {
  await getWebhook(services, call, webhookId)
  const uuids = [uuidOf('webhook', webhookId), uuidOf('delivery', deliveryId)] as const
  const delivery = await findDelivery(services.database.sql, call.caller, ...uuids)
  if (delivery) return delivery
  throw notFound('delivery')
}

/** A page of a webhook's deliveries, newest first. Throws `not_found`. */
export async function listDeliveries(
  services: Services,
  call: Call,
  webhookId: string,
  query: z.output<typeof DeliveryQuery>,
): Promise<Page<Delivery>> {
  await getWebhook(services, call, webhookId)
  const list = `deliveries of ${webhookId}`
  const page = services.cursors.read(query, list, call.caller)
  const filter = { webhookUuid: uuidOf('webhook', webhookId), state: query.state ?? null }
  const rows = await listDeliveryRows(services.database.sql, call.caller, filter, page)
  return services.cursors.page(rows, page, list, call.caller, row => uuidOf('delivery', row.id))
}
