import { z } from 'zod'
import { eventTypes } from '#contract/events'
import { Mode } from '#contract/vocabulary'
import { type Delivery, DeliveryAttempt, DeliveryState } from '#contract/webhooks'
import { newestFirst } from '#db/newest-first'
import type { Sql, Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import type { PageRequest } from '#http/list'
import { addDays } from '#values/dates'
import { firstUuidAt, idFromUuid, LAST_UUID } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>

const Row = z.object({
  id: z.string(),
  mode: Mode,
  webhook_id: z.string(),
  event_id: z.string(),
  event_type: z.enum(eventTypes),
  state: DeliveryState,
  attempt_log: z.array(DeliveryAttempt),
  next_attempt_at: z.date().nullable(),
  delivered_at: z.date().nullable(),
  created_at: z.date(),
})
const COLUMNS = Object.keys(Row.shape).join(', ')

function fromRow(row: unknown): Delivery {
  const { id, webhook_id, event_id, attempt_log, next_attempt_at, delivered_at, created_at, ...rest } =
    Row.parse(row)
  return {
    id: idFromUuid('delivery', id),
    object: 'delivery',
    ...rest,
    webhook_id: idFromUuid('webhook', webhook_id),
    event_id: idFromUuid('event', event_id),
    attempts: attempt_log,
    next_attempt_at: next_attempt_at?.toISOString() ?? null,
    delivered_at: delivered_at?.toISOString() ?? null,
    created_at: created_at.toISOString(),
  }
}

const OF_WEBHOOK = `SELECT ${COLUMNS} FROM deliveries WHERE account_id = $1 AND mode = $2 AND webhook_id = $3`

/** Null when the webhook has no such delivery. */
export async function findDelivery(
  sql: Sql,
  { accountId, mode }: Scope,
  webhookUuid: string,
  uuid: string,
): Promise<Delivery | null> {
  const { rows } = await sql.query(`${OF_WEBHOOK} AND id = $4`, [accountId, mode, webhookUuid, uuid])
  return rows.length === 0 ? null : fromRow(rows[0])
}

/** The delivery of one event to one webhook; null when there is none. */
export async function findDeliveryOf(
  sql: Sql,
  { accountId, mode }: Scope,
  webhookUuid: string,
  eventUuid: string,
): Promise<Delivery | null> {
  const values = [accountId, mode, webhookUuid, eventUuid]
  const { rows } = await sql.query(`${OF_WEBHOOK} AND event_id = $4`, values)
  return rows.length === 0 ? null : fromRow(rows[0])
}

/** A page of a webhook's deliveries, newest first, one row more than asked for. */
export async function listDeliveryRows(
  sql: Sql,
  scope: Scope,
  { webhookUuid, state }: { webhookUuid: string; state: DeliveryState | null },
  page: PageRequest,
): Promise<Delivery[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const inState = state === null ? [] : [['state', state] as const]
  const columns = [['webhook_id', webhookUuid] as const, ...inState]
  const { where, orderBy } = newestFirst(scope, columns, page.after ?? LAST_UUID, parameter)
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM deliveries WHERE ${where} ORDER BY ${orderBy} LIMIT ${parameter(page.limit + 1)}`,
    values,
  )
  return rows.map(fromRow)
}

const AGAIN = `
  UPDATE deliveries SET state = 'pending', attempts = 0, next_attempt_at = $5, delivered_at = NULL
  WHERE account_id = $1 AND mode = $2 AND webhook_id = $3 AND id = $4 AND next_attempt_at IS NULL RETURNING ${COLUMNS}`

/** Puts a delivery that has ended on its way again, from the start of the schedule. Null while it is on its way. */
export async function deliverAgain(
  tx: Tx,
  { accountId, mode }: Scope,
  webhookUuid: string,
  uuid: string,
  now: Date,
): Promise<Delivery | null> {
  const { rows } = await tx.query(AGAIN, [accountId, mode, webhookUuid, uuid, now])
  return rows.length === 0 ? null : fromRow(rows[0])
}

const END = `
  UPDATE deliveries SET state = 'dead', next_attempt_at = NULL
  WHERE account_id = $1 AND mode = $2 AND webhook_id = $3 AND next_attempt_at IS NOT NULL`

/** Ends everything that is on its way to a webhook which takes no more. What is being sent just now still counts. */
export function endDeliveries(tx: Tx, { accountId, mode }: Scope, webhookUuid: string): void {
  tx.write(END, [accountId, mode, webhookUuid])
}

/** As long as the events that they deliver. */
const KEPT_DAYS = 30

const DELETE_EXPIRED =
  'DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries WHERE id < $1 ORDER BY id LIMIT $2)'

/** Deletes at most `limit` deliveries that are past their time, in whatever state; returns how many. */
export async function deleteExpiredDeliveries(sql: Sql, now: Date, limit: number): Promise<number> {
  return (await sql.query(DELETE_EXPIRED, [firstUuidAt(addDays(now, -KEPT_DAYS)), limit])).rowCount
}
