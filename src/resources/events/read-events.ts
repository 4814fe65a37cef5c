import type { z } from 'zod'
import type { Event, EventQuery } from '#contract/events'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import { resourceFilter } from '#http/resource-filter'
import { findEvent, listEventRows } from '#resources/events/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Throws `not_found`. */
export async function getEvent(services: Services, call: Call, id: string): Promise<Event> {
  const event = await findEvent(services.database.sql, call.caller, uuidOf('event', id))
  if (event) return event
  throw notFound('event')
}

/** A page of the account's events, newest first. */
export async function listEvents(
  services: Services,
  call: Call,
  query: z.output<typeof EventQuery>,
): Promise<Page<Event>> {
  const page = services.cursors.read(query, 'events', call.caller)
  const filter = { type: query.type ?? null, resourceUuid: resourceFilter(query.resource) }
  const rows = await listEventRows(services.database.sql, call.caller, filter, page)
  return services.cursors.page(rows, page, 'events', call.caller, row => uuidOf('event', row.id))
}
