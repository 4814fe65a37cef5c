import { z } from 'zod'
import { hashApiKey, hintOf } from '#accounts/api-key'
import type { Mode } from '#contract/vocabulary'
import type { Sql } from '#db/tx'

const AccountRow = z.object({ id: z.string(), vault_check: z.instanceof(Uint8Array).nullable() })
const IdRow = z.object({ id: z.string() })

const KeyRow = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  hint: z.string(),
  source: z.string(),
  created_at: z.date(),
  expires_at: z.date().nullable(),
  revoked_at: z.date().nullable(),
  last_used_at: z.date().nullable(),
})
const columns = Object.keys(KeyRow.shape).join(', ')

/** A bearer key as it is kept: nothing leads from here to the secret. */
export type KeptKey = z.output<typeof KeyRow>

/** An account in one mode. */
export interface KeyOwner {
  readonly accountId: string
  readonly mode: Mode
}

const INSERT = `
  INSERT INTO api_keys (id, account_id, mode, name, scopes, hash, hint, source, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 'api', $8, $9) RETURNING ${columns}`
const LIST = `SELECT ${columns} FROM api_keys WHERE account_id = $1 AND mode = $2 ORDER BY id DESC`
const FIND = `SELECT ${columns} FROM api_keys WHERE id = $1 AND account_id = $2 AND mode = $3`
const REVOKE = `
  UPDATE api_keys SET revoked_at = $4
  WHERE id = $1 AND account_id = $2 AND mode = $3 AND revoked_at IS NULL RETURNING ${columns}`
const FIND_ACCOUNT = `SELECT id, vault_check FROM accounts WHERE bootstrap = 'bootstrap'`
const FIND_BOOTSTRAP_KEY = `
  SELECT id FROM api_keys
  WHERE account_id = $1 AND mode = $2 AND source IN ('environment', 'made') AND revoked_at IS NULL
  ORDER BY id DESC LIMIT 1`

/** The account that the environment's key and connections belong to; null before the first start. */
export async function findBootstrapAccount(sql: Sql): Promise<z.output<typeof AccountRow> | null> {
  const { rows } = await sql.query(FIND_ACCOUNT)
  return rows.length === 0 ? null : AccountRow.parse(rows[0])
}

/** UUID of the key that the environment gave or the first start made; null when it is revoked. */
export async function findBootstrapKey(sql: Sql, { accountId, mode }: KeyOwner): Promise<string | null> {
  const { rows } = await sql.query(FIND_BOOTSTRAP_KEY, [accountId, mode])
  return rows.length === 0 ? null : IdRow.parse(rows[0]).id
}

export interface NewKey {
  readonly uuid: string
  readonly name: string
  readonly scopes: readonly string[]
  /** Shown once and not kept. */
  readonly secret: string
  readonly expiresAt: Date | null
  readonly now: Date
}

export async function insertKey(sql: Sql, { accountId, mode }: KeyOwner, key: NewKey): Promise<KeptKey> {
  const { uuid, name, scopes, secret, expiresAt, now } = key
  const values = [uuid, accountId, mode, name, scopes, hashApiKey(secret), hintOf(secret), now, expiresAt]
  const { rows } = await sql.query(INSERT, values)
  return KeyRow.parse(rows[0])
}

/** Newest first, revoked ones too. */
export async function listKeys(sql: Sql, { accountId, mode }: KeyOwner): Promise<KeptKey[]> {
  const { rows } = await sql.query(LIST, [accountId, mode])
  return rows.map(row => KeyRow.parse(row))
}

/** Null when the account has no such key in this mode; `revokedNow` is false when it was revoked before. */
export async function revokeKey(
  sql: Sql,
  { accountId, mode }: KeyOwner,
  uuid: string,
  now: Date,
): Promise<{ key: KeptKey; revokedNow: boolean } | null> {
  const revoked = await sql.query(REVOKE, [uuid, accountId, mode, now])
  if (revoked.rows.length > 0) return { key: KeyRow.parse(revoked.rows[0]), revokedNow: true }
  const { rows } = await sql.query(FIND, [uuid, accountId, mode])
  return rows.length === 0 ? null : { key: KeyRow.parse(rows[0]), revokedNow: false }
}
