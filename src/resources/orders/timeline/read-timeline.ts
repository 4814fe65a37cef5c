import type { TimelineEntry } from '#contract/timeline'
import type { ListQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { findOrder } from '#resources/orders/find-order'
import { familyOf } from '#resources/orders/timeline/family'
import { type TimelinePlace, timelineOf } from '#resources/orders/timeline/store'
import type { Services } from '#services'
import { FIRST_UUID } from '#values/ids'

const BEGINNING: TimelinePlace = { at: '-infinity', rank: 0, uuid: FIRST_UUID }

function readPlace(key: string | null): TimelinePlace {
  if (key === null) return BEGINNING
  const [at = '', rank = '', uuid = ''] = key.split(' ')
  return { at: new Date(at), rank: Number(rank), uuid }
}

/**
 * A page of what happened to an order, what it came from included, oldest first. Nobody is asked: it is what was written
 * down. Throws `not_found`.
 */
export async function listTimeline(
  services: Services,
  call: Call,
  orderId: string,
  query: ListQuery,
): Promise<Page<TimelineEntry>> {
  const { cursors, database } = services
  const { id: orderUuid, quote_id: quoteUuid } = await findOrder(services, call, orderId)
  const list = `orders/${orderId}/timeline`
  const request = cursors.read(query, list, call.caller)
  await services.callLog.flush()
  const family = await familyOf(database.sql, call.caller, { orderUuid, quoteUuid })
  const wanted = { after: readPlace(request.after), limit: request.limit, now: services.now() }
  const rows = await timelineOf(database.sql, call.caller, family, wanted)
  const keyOf = ({ entry, place }: (typeof rows)[number]) => `${entry.at} ${place.rank} ${place.uuid}`
  const page = cursors.page(rows, request, list, call.caller, keyOf)
  return { ...page, data: page.data.map(({ entry }) => entry) }
}
