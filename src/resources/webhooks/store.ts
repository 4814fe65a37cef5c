import { z } from 'zod'
import { Metadata, Mode } from '#contract/vocabulary'
import { disabledReasons, type Webhook, WebhookEventType } from '#contract/webhooks'
import { newestFirst, onTheWay } from '#db/newest-first'
import type { Sql, Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import type { PageRequest } from '#http/list'
import { addDays } from '#values/dates'
import { idFromUuid, LAST_UUID } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>

const Row = z.object({
  id: z.string(),
  mode: Mode,
  url: z.string(),
  events: z.array(WebhookEventType),
  metadata: Metadata,
  previous_secret_until: z.date().nullable(),
  created_at: z.date(),
  updated_at: z.date(),
  disabled_at: z.date().nullable(),
  disabled_reason: z.enum(disabledReasons).nullable(),
})
const COLUMNS = Object.keys(Row.shape).join(', ')

/** A previous secret that is past its time is none any more. */
function fromRow(row: unknown, now: Date): Webhook {
  const { id, previous_secret_until: until, disabled_at, ...rest } = Row.parse(row)
  return {
    id: idFromUuid('webhook', id),
    object: 'webhook',
    ...rest,
    state: disabled_at ? 'disabled' : 'enabled',
    disabled_at: disabled_at?.toISOString() ?? null,
    previous_secret_until: until && until > now ? until.toISOString() : null,
    created_at: rest.created_at.toISOString(),
    updated_at: rest.updated_at.toISOString(),
  }
}

const INSERT = `
  INSERT INTO webhooks (id, account_id, mode, url, events, metadata, secret, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING ${COLUMNS}`

export interface NewWebhook extends Pick<Webhook, 'url' | 'events' | 'metadata'> {
  readonly uuid: string
  readonly secret: Buffer
  readonly at: Date
}

export async function insertWebhook(tx: Tx, scope: Scope, webhook: NewWebhook): Promise<Webhook> {
  const { uuid, url, events, metadata, secret, at } = webhook
  const values = [uuid, scope.accountId, scope.mode, url, events, JSON.stringify(metadata), secret, at]
  return fromRow((await tx.query(INSERT, values)).rows[0], at)
}

export async function countWebhooks(sql: Sql, scope: Scope): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    'SELECT count(*) AS count FROM webhooks WHERE account_id = $1 AND mode = $2 AND deleted_at IS NULL',
    [scope.accountId, scope.mode],
  )
  return rows[0]?.count ?? 0
}

const FIND = `
  SELECT ${COLUMNS} FROM webhooks WHERE id = $1 AND account_id = $2 AND mode = $3 AND deleted_at IS NULL`

/** Null when the account has no such webhook in this mode, or has deleted it. */
export async function findWebhook(
  sql: Sql,
  { accountId, mode }: Scope,
  uuid: string,
  now: Date,
): Promise<Webhook | null> {
  const { rows } = await sql.query(FIND, [uuid, accountId, mode])
  return rows.length === 0 ? null : fromRow(rows[0], now)
}

/** The same, holding its row until the commit. */
export async function lockWebhook(
  tx: Tx,
  { accountId, mode }: Scope,
  uuid: string,
  now: Date,
): Promise<Webhook | null> {
  const { rows } = await tx.query(`${FIND} FOR UPDATE`, [uuid, accountId, mode])
  return rows.length === 0 ? null : fromRow(rows[0], now)
}

/** A page of webhooks, newest first, one row more than asked for. */
export async function listWebhookRows(
  sql: Sql,
  scope: Scope,
  page: PageRequest,
  now: Date,
): Promise<Webhook[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const { where, orderBy } = newestFirst(scope, [], page.after ?? LAST_UUID, parameter)
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM webhooks WHERE ${where} AND ${onTheWay(['deleted_at IS NULL'])} ORDER BY ${orderBy} LIMIT ${parameter(page.limit + 1)}`,
    values,
  )
  return rows.map(row => fromRow(row, now))
}

const UPDATE = `
  UPDATE webhooks SET url = $4, events = $5, metadata = $6, disabled_at = $7, disabled_reason = $8, updated_at = $9,
    paused_until = CASE WHEN url = $4 AND disabled_at IS NULL THEN paused_until END
  WHERE id = $1 AND account_id = $2 AND mode = $3 AND deleted_at IS NULL RETURNING ${COLUMNS}`

/** Writes a webhook as it is to be: not paused any more where it leads elsewhere or was disabled. The caller holds its row. */
export async function updateWebhook(
  tx: Tx,
  { accountId, mode }: Scope,
  uuid: string,
  webhook: Pick<Webhook, 'url' | 'events' | 'metadata' | 'disabled_at' | 'disabled_reason'>,
  now: Date,
): Promise<Webhook> {
  const { url, events, metadata, disabled_at, disabled_reason } = webhook
  const values = [uuid, accountId, mode, url, events, JSON.stringify(metadata), disabled_at, disabled_reason]
  return fromRow((await tx.query(UPDATE, [...values, now])).rows[0], now)
}

const ROTATE = `
  UPDATE webhooks SET previous_secret = secret, previous_secret_until = $5, secret = $4, updated_at = $6
  WHERE id = $1 AND account_id = $2 AND mode = $3 AND deleted_at IS NULL RETURNING ${COLUMNS}`

/** Puts a new secret in the place of the current one, which is kept until `until`. Null when there is no such webhook. */
export async function rotateWebhookSecret(
  tx: Tx,
  { accountId, mode }: Scope,
  uuid: string,
  { secret, until, now }: { secret: Buffer; until: Date; now: Date },
): Promise<Webhook | null> {
  const { rows } = await tx.query(ROTATE, [uuid, accountId, mode, secret, until, now])
  return rows.length === 0 ? null : fromRow(rows[0], now)
}

const DELETE = `
  UPDATE webhooks SET deleted_at = $4, secret = NULL, previous_secret = NULL, previous_secret_until = NULL
  WHERE id = $1 AND account_id = $2 AND mode = $3 AND deleted_at IS NULL`

/** False when there is no such webhook. Its secrets go at once. */
export async function deleteWebhookRow(
  tx: Tx,
  { accountId, mode }: Scope,
  uuid: string,
  now: Date,
): Promise<boolean> {
  return (await tx.query(DELETE, [uuid, accountId, mode, now])).rowCount === 1
}

/** As long as the deliveries to them. */
const KEPT_DAYS = 30

const DELETE_EXPIRED =
  'DELETE FROM webhooks WHERE id IN (SELECT id FROM webhooks WHERE deleted_at < $1 LIMIT $2)'

/** Deletes at most `limit` webhooks that were deleted long ago; returns how many. */
export async function deleteExpiredWebhooks(sql: Sql, now: Date, limit: number): Promise<number> {
  return (await sql.query(DELETE_EXPIRED, [addDays(now, -KEPT_DAYS), limit])).rowCount
}
