import { z } from 'zod'
import { Mode } from '#contract/vocabulary'
import { type Event, type EventType, eventTypes } from '#contract/events'
import { newestFirst, newestOfResource, onTheWay } from '#db/newest-first'
import type { Sql } from '#db/tx'
import type { Caller } from '#http/caller'
import type { PageRequest } from '#http/list'
import { addDays } from '#values/dates'
import { firstUuidAt, idFromUuid, idPrefixes, LAST_UUID } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>

const Row = z.object({
  id: z.string(),
  mode: Mode,
  type: z.enum(eventTypes),
  resource_prefix: z.enum(idPrefixes),
  resource_id: z.string(),
  seq: z.int(),
  data: z.record(z.string(), z.unknown()),
  created_at: z.date(),
})
const COLUMNS = Object.keys(Row.shape).join(', ')

function fromRow(row: unknown): Event {
  const { id, mode, type, resource_prefix, resource_id, seq, data, created_at } = Row.parse(row)
  return {
    id: idFromUuid('event', id),
    object: 'event',
    mode,
    type,
    resource: idFromUuid(resource_prefix, resource_id),
    sequence: seq,
    data,
    created_at: created_at.toISOString(),
  }
}

const FIND = `SELECT ${COLUMNS} FROM events WHERE id = $1 AND account_id = $2 AND mode = $3`

/** Null when the account has no such event in this mode. */
export async function findEvent(sql: Sql, { accountId, mode }: Scope, uuid: string): Promise<Event | null> {
  const { rows } = await sql.query(FIND, [uuid, accountId, mode])
  return rows.length === 0 ? null : fromRow(rows[0])
}

export interface EventFilter {
  readonly type: EventType | null
  readonly resourceUuid: string | null
}

/** A page of events, newest first, one row more than asked for. */
export async function listEventRows(
  sql: Sql,
  scope: Scope,
  { type, resourceUuid }: EventFilter,
  page: PageRequest,
): Promise<Event[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const after = page.after ?? LAST_UUID
  const { where, orderBy } =
    resourceUuid === null
      ? newestFirst(scope, type === null ? [] : [['type', type]], after, parameter)
      : newestOfResource(scope, resourceUuid, after, parameter)
  const others = type === null || resourceUuid === null ? [] : [`type = ${parameter(type)}`]
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM events WHERE ${where} AND ${onTheWay(others)} ORDER BY ${orderBy} LIMIT ${parameter(page.limit + 1)}`,
    values,
  )
  return rows.map(fromRow)
}

const KEPT_DAYS = 30

// The last one of a resource stays, for it holds the number that the next one counts on from; a quote has no next one.
const DELETE_EXPIRED = `
  DELETE FROM events WHERE id IN (
    SELECT id FROM events AS old
    WHERE id < $1 AND (resource_prefix = 'quote' OR EXISTS (
      SELECT 1 FROM events AS newer
      WHERE newer.account_id = old.account_id AND newer.resource_id = old.resource_id AND newer.seq > old.seq))
    ORDER BY id LIMIT $2)`

/** Deletes at most `limit` events that are past their time; returns how many. */
export async function deleteExpiredEvents(sql: Sql, now: Date, limit: number): Promise<number> {
  return (await sql.query(DELETE_EXPIRED, [firstUuidAt(addDays(now, -KEPT_DAYS)), limit])).rowCount
}
