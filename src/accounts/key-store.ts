import { z } from 'zod'
import { hashApiKey, hintOf } from '#accounts/api-key'
import { type ApiKey, keySources } from '#contract/api-keys'
import { Metadata, Mode } from '#contract/vocabulary'
import { newestFirst } from '#db/newest-first'
import type { Sql, Tx } from '#db/tx'
import type { PageRequest } from '#http/list'
import { idFromUuid, LAST_UUID } from '#values/ids'

const IdRow = z.object({ id: z.string() })

const KeyRow = z.object({
  id: z.string(),
  mode: Mode,
  name: z.string(),
  scopes: z.array(z.string()),
  hint: z.string(),
  source: z.enum(keySources),
  metadata: Metadata,
  created_at: z.date(),
  expires_at: z.date().nullable(),
  last_used_at: z.date().nullable(),
  revoked_at: z.date().nullable(),
})
const columns = Object.keys(KeyRow.shape).join(', ')

/** Nothing leads from here to the secret. */
function fromRow(row: unknown): ApiKey {
  const { id, mode, created_at, expires_at, last_used_at, revoked_at, ...rest } = KeyRow.parse(row)
  return {
    id: idFromUuid('key', id),
    object: 'api_key',
    mode,
    ...rest,
    created_at: created_at.toISOString(),
    expires_at: expires_at?.toISOString() ?? null,
    last_used_at: last_used_at?.toISOString() ?? null,
    revoked_at: revoked_at?.toISOString() ?? null,
  }
}

/** An account in one mode. */
export interface KeyOwner {
  readonly accountId: string
  readonly mode: Mode
}

/** An account in the modes whose keys may be seen. */
export interface KeyScope {
  readonly accountId: string
  readonly modes: readonly Mode[]
}

const INSERT = `
  INSERT INTO api_keys (id, account_id, mode, name, scopes, hash, hint, source, metadata, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 'api', $8, $9, $10) RETURNING ${columns}`
const FIND = `SELECT ${columns} FROM api_keys WHERE id = $1 AND account_id = $2 AND mode = ANY($3)`
const REVOKE = `
  UPDATE api_keys SET revoked_at = $4
  WHERE id = $1 AND account_id = $2 AND mode = ANY($3) AND revoked_at IS NULL RETURNING ${columns}`
const SHORTEN = `
  UPDATE api_keys SET expires_at = least(expires_at, $4) WHERE id = $1 AND account_id = $2 AND mode = ANY($3)`
const FIND_BOOTSTRAP_KEY = `
  SELECT id FROM api_keys
  WHERE account_id = $1 AND mode = $2 AND source IN ('environment', 'made') AND revoked_at IS NULL
  ORDER BY id DESC LIMIT 1`

/** UUID of the key that the environment gave or the first start made; null when it is revoked. */
export async function findBootstrapKey(sql: Sql, { accountId, mode }: KeyOwner): Promise<string | null> {
  const { rows } = await sql.query(FIND_BOOTSTRAP_KEY, [accountId, mode])
  return rows.length === 0 ? null : IdRow.parse(rows[0]).id
}

export interface NewKey {
  readonly uuid: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly metadata: Metadata
  /** Shown once and not kept. */
  readonly secret: string
  readonly expiresAt: Date | null
  readonly at: Date
}

export async function insertKey(tx: Tx, { accountId, mode }: KeyOwner, key: NewKey): Promise<ApiKey> {
  const { uuid, name, scopes, metadata, secret, expiresAt, at } = key
  const kept = [hashApiKey(secret), hintOf(secret), JSON.stringify(metadata), at, expiresAt]
  const { rows } = await tx.query(INSERT, [uuid, accountId, mode, name, scopes, ...kept])
  return fromRow(rows[0])
}

/** Newest first, revoked ones too: all of them, or a page and one more. */
export async function listKeys(
  sql: Sql,
  owner: KeyOwner,
  page: PageRequest | null = null,
): Promise<ApiKey[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const { where, orderBy } = newestFirst(owner, [], page?.after ?? LAST_UUID, parameter)
  const limit = page === null ? '' : `LIMIT ${parameter(page.limit + 1)}`
  const { rows } = await sql.query(
    `SELECT ${columns} FROM api_keys WHERE ${where} ORDER BY ${orderBy} ${limit}`,
    values,
  )
  return rows.map(fromRow)
}

/** Null when the account has no such key in these modes. */
export async function findKey(sql: Sql, scope: KeyScope, uuid: string): Promise<ApiKey | null> {
  const { rows } = await sql.query(FIND, [uuid, scope.accountId, scope.modes])
  return rows.length === 0 ? null : fromRow(rows[0])
}

/** The same, holding its row until the commit. */
export async function lockKey(tx: Tx, scope: KeyScope, uuid: string): Promise<ApiKey | null> {
  const { rows } = await tx.query(`${FIND} FOR UPDATE`, [uuid, scope.accountId, scope.modes])
  return rows.length === 0 ? null : fromRow(rows[0])
}

/** Null when there is no such key, or it was revoked before. */
export async function revokeKeyRow(tx: Tx, scope: KeyScope, uuid: string, at: Date): Promise<ApiKey | null> {
  const { rows } = await tx.query(REVOKE, [uuid, scope.accountId, scope.modes, at])
  return rows.length === 0 ? null : fromRow(rows[0])
}

/** Lets a key end at that time, unless it ends before. */
export function endKeyAt(tx: Tx, scope: KeyScope, uuid: string, at: Date): void {
  tx.write(SHORTEN, [uuid, scope.accountId, scope.modes, at])
}
