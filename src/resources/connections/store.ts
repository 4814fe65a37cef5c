import { z } from 'zod'
import { StoredSettings } from '#connections/settings'
import { type Connection, connectionSources, credentialsOf } from '#contract/connections'
import { Metadata, Mode, ProviderId } from '#contract/vocabulary'
import { newestFirst, onTheWay } from '#db/newest-first'
import type { Sql, Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import type { PageRequest } from '#http/list'
import { idFromUuid, LAST_UUID } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>

const Row = z.object({
  id: z.string(),
  mode: Mode,
  provider: ProviderId,
  source: z.enum(connectionSources),
  name: z.string(),
  base_url: z.string(),
  fingerprint: z.string(),
  settings: StoredSettings,
  metadata: Metadata,
  verified_at: z.date().nullable(),
  created_at: z.date(),
  updated_at: z.date(),
  deleted_at: z.date().nullable(),
})
export type ConnectionRow = z.output<typeof Row>
const COLUMNS = Object.keys(Row.shape).join(', ')

const rowOrNull = (rows: readonly unknown[]) => (rows.length === 0 ? null : Row.parse(rows[0]))

/** All credentials of a provider are set, or there is no connection. */
export function toConnection(row: ConnectionRow): Connection {
  const { id, mode, provider, source, name, base_url, settings, metadata } = row
  return {
    id: idFromUuid('connection', id),
    object: 'connection',
    mode,
    provider,
    source,
    name,
    base_url,
    credentials: Object.keys(credentialsOf[provider].shape),
    settings: provider === 'mybeezbox' ? settings : null,
    metadata,
    verified_at: row.verified_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

/** Account, mode, provider and source: there is one such connection at a time. */
export function activeKeyOf({ accountId, mode }: Scope, provider: ProviderId): string {
  return [accountId, mode, provider, 'account'].join('/')
}

const INSERT = `
  INSERT INTO connections (id, account_id, mode, provider, source, name, base_url, credentials, fingerprint, settings,
    metadata, active_key, created_at, updated_at)
  VALUES ($1, $2, $3, $4, 'account', $5, $6, $7, $8, $9, $10, $11, $12, $12)
  ON CONFLICT (active_key) DO NOTHING RETURNING ${COLUMNS}`

export interface NewConnection extends Pick<ConnectionRow, 'provider' | 'name' | 'base_url' | 'fingerprint'> {
  readonly uuid: string
  readonly sealed: Buffer
  readonly settings: object
  readonly metadata: Metadata
  readonly at: Date
}

/** Null when the account has one there already. */
export async function insertConnection(
  tx: Tx,
  scope: Scope,
  { uuid, provider, name, base_url, sealed, fingerprint, settings, metadata, at }: NewConnection,
): Promise<ConnectionRow | null> {
  const { rows } = await tx.query(INSERT, [
    ...[uuid, scope.accountId, scope.mode, provider, name, base_url, sealed, fingerprint],
    ...[JSON.stringify(settings), JSON.stringify(metadata), activeKeyOf(scope, provider), at],
  ])
  return rowOrNull(rows)
}

/** The connection that the account has entered for a provider, if there is one. */
export async function findEntered(
  sql: Sql,
  scope: Scope,
  provider: ProviderId,
): Promise<ConnectionRow | null> {
  const find = `SELECT ${COLUMNS} FROM connections WHERE active_key = $1`
  return rowOrNull((await sql.query(find, [activeKeyOf(scope, provider)])).rows)
}

const FIND = `SELECT ${COLUMNS} FROM connections WHERE id = $1 AND account_id = $2 AND mode = $3`

/** Also one that was deleted. Null when the account has none such in this mode. */
export async function findConnection(
  sql: Sql,
  { accountId, mode }: Scope,
  uuid: string,
): Promise<ConnectionRow | null> {
  return rowOrNull((await sql.query(FIND, [uuid, accountId, mode])).rows)
}

/** The same, holding its row until the commit. */
export async function lockConnection(
  tx: Tx,
  { accountId, mode }: Scope,
  uuid: string,
): Promise<ConnectionRow | null> {
  return rowOrNull((await tx.query(`${FIND} FOR UPDATE`, [uuid, accountId, mode])).rows)
}

/** A page of connections, newest first, one row more than asked for: what was entered, and of the given ones these. */
export async function connectionRows(
  sql: Sql,
  scope: Scope,
  { provider, given }: { provider: ProviderId | null; given: readonly string[] },
  page: PageRequest,
): Promise<ConnectionRow[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const { where, orderBy } = newestFirst(scope, [], page.after ?? LAST_UUID, parameter)
  const wanted = [
    `deleted_at IS NULL AND (source = 'account' OR id = ANY(${parameter(given)}::uuid[]))`,
    ...(provider ? [`provider = ${parameter(provider)}`] : []),
  ]
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM connections WHERE ${where} AND ${onTheWay(wanted)} ORDER BY ${orderBy} LIMIT ${parameter(page.limit + 1)}`,
    values,
  )
  return z.array(Row).parse(rows)
}

const UPDATE = `
  UPDATE connections SET name = $2, base_url = $3, credentials = coalesce($4, credentials), fingerprint = $5,
    settings = $6, metadata = $7, verified_at = $8, updated_at = $9
  WHERE id = $1 RETURNING ${COLUMNS}`

/** Writes a connection as it is to be, with its credentials where there are others. The caller holds its row. */
export async function writeConnection(
  tx: Tx,
  row: ConnectionRow,
  sealed: Buffer | null,
): Promise<ConnectionRow> {
  const { id, name, base_url, fingerprint, settings, metadata, verified_at, updated_at } = row
  const { rows } = await tx.query(UPDATE, [
    ...[id, name, base_url, sealed, fingerprint, JSON.stringify(settings), JSON.stringify(metadata)],
    ...[verified_at, updated_at],
  ])
  return Row.parse(rows[0])
}

/** Its credentials go at once, with all that is made from them. The row stays: what was made through it names it. */
export function wipeConnection(tx: Tx, uuid: string, at: Date): void {
  const wipe = `
    UPDATE connections SET deleted_at = $2, updated_at = $2, active_key = NULL, credentials = NULL, fingerprint = ''
    WHERE id = $1`
  tx.write(wipe, [uuid, at])
}

/** Notes that a provider took the credentials, unless they were changed meanwhile. */
export async function noteVerified(
  sql: Sql,
  { uuid, fingerprint }: { uuid: string; fingerprint: string },
  at: Date,
): Promise<boolean> {
  const note = 'UPDATE connections SET verified_at = $3 WHERE id = $1 AND fingerprint = $2'
  return (await sql.query(note, [uuid, fingerprint, at])).rowCount === 1
}
