import { z } from 'zod'
import { isDivisionByZero } from '#db/postgres-errors'
import type { Sql, Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import type { IdempotentRequest } from '#http/idempotency/request-key'
import { type IdPrefix, idPrefixes } from '#values/ids'

const Row = z.object({
  id: z.string(),
  fingerprint: z.instanceof(Uint8Array),
  state: z.enum(['running', 'done']),
  resource_prefix: z.enum(idPrefixes).nullable(),
  resource_id: z.string().nullable(),
  status: z.int().nullable(),
  headers: z.record(z.string(), z.string()).nullable(),
  body: z.instanceof(Uint8Array).nullable(),
  lease_until: z.date().nullable(),
  fence: z.coerce.bigint(),
})
/** A claim on a key, or what it was settled with. */
export type IdempotencyRow = z.output<typeof Row>

type Scope = Pick<Caller, 'accountId' | 'mode'>

function scopeValues(caller: Scope, request: IdempotentRequest): unknown[] {
  return [caller.accountId, caller.mode, request.method, request.path, request.key]
}

const FIND = `
  SELECT id, fingerprint, state, resource_prefix, resource_id, status, headers, body, lease_until, fence FROM idempotency_records
  WHERE account_id = $1 AND mode = $2 AND method = $3 AND path = $4 AND key = $5 AND expires_at > $6`

export async function findRecord(
  sql: Sql,
  caller: Scope,
  request: IdempotentRequest,
  now: Date,
): Promise<IdempotencyRow | null> {
  const { rows } = await sql.query(FIND, [...scopeValues(caller, request), now])
  return rows.length === 0 ? null : Row.parse(rows[0])
}

export interface NewClaim {
  readonly id: string
  readonly fingerprint: Uint8Array
  readonly owner: string
  readonly leaseUntil: Date
  readonly now: Date
  readonly expiresAt: Date
  /** What the request makes; given where the request must never be run twice. */
  readonly resource: { readonly prefix: IdPrefix; readonly uuid: string } | null
}

// One arbitrated insert: the key is free, or past its time, or held by a claim whose lease ran out and that made nothing.
const CLAIM = `
  INSERT INTO idempotency_records AS held (account_id, mode, method, path, key, id, fingerprint, state, lease_owner,
    lease_until, fence, created_at, expires_at, resource_prefix, resource_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 'running', $8, $9, 1, $10, $11, $12, $13)
  ON CONFLICT (account_id, mode, method, path, key) DO UPDATE
  SET fingerprint = excluded.fingerprint, state = 'running', lease_owner = excluded.lease_owner,
    lease_until = excluded.lease_until, fence = held.fence + 1, created_at = excluded.created_at,
    expires_at = excluded.expires_at, resource_prefix = excluded.resource_prefix,
    resource_id = excluded.resource_id, status = NULL, headers = NULL, body = NULL
  WHERE held.expires_at <= $10
    OR (held.state = 'running' AND held.resource_id IS NULL AND held.lease_until <= $10
      AND held.fingerprint = excluded.fingerprint)
  RETURNING id, fence`

const Claimed = z.object({ id: z.string(), fence: z.coerce.bigint() })
export type Claimed = z.output<typeof Claimed>

/** The claim, or null when somebody else holds the key. */
export async function claimKey(
  sql: Sql,
  caller: Scope,
  request: IdempotentRequest,
  claim: NewClaim,
): Promise<Claimed | null> {
  const { id, fingerprint, owner, leaseUntil, now, expiresAt, resource } = claim
  const lease = [owner, leaseUntil, now, expiresAt]
  const values = [
    ...scopeValues(caller, request),
    id,
    fingerprint,
    ...lease,
    resource?.prefix ?? null,
    resource?.uuid ?? null,
  ]
  const { rows } = await sql.query(CLAIM, values)
  return rows.length === 0 ? null : Claimed.parse(rows[0])
}

// Fails where there is nothing to settle, so that the commit may follow without its answer.
const SETTLE = `
  WITH settled AS (
    UPDATE idempotency_records
    SET state = 'done', status = $3, headers = $4, body = $5, lease_owner = NULL, lease_until = NULL
    WHERE id = $1 AND fence = $2 AND state = 'running' RETURNING 1)
  SELECT 1 / count(*) FROM settled`

/** When the claim was taken over meanwhile, the transaction fails with what `takenOver` makes. */
export function settleRecord(
  tx: Tx,
  { id, fence }: Claimed,
  snapshot: { status: number; headers: Readonly<Record<string, string>>; body: Buffer },
  takenOver: () => Error,
): void {
  const values = [id, fence, snapshot.status, JSON.stringify(snapshot.headers), snapshot.body]
  tx.write(SETTLE, values, err => (isDivisionByZero(err) ? takenOver() : err))
}

const FREE = `DELETE FROM idempotency_records WHERE id = $1 AND fence = $2 AND state = 'running'`

export async function freeRecord(sql: Sql, { id, fence }: Claimed): Promise<void> {
  await sql.query(FREE, [id, fence])
}

// The time stands twice: a key may be claimed anew while its deletion waits for the row, and is in use then.
const DELETE_EXPIRED = `
  DELETE FROM idempotency_records
  WHERE id IN (SELECT id FROM idempotency_records WHERE expires_at < $1 LIMIT $2) AND expires_at < $1`

/** Deletes at most `limit` rows that are past their time; returns how many. */
export async function deleteExpiredRecords(sql: Sql, now: Date, limit: number): Promise<number> {
  return (await sql.query(DELETE_EXPIRED, [now, limit])).rowCount
}
