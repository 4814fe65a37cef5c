import { z } from 'zod'
import { ContractDrift } from '#contract/drift'
import { Mode, ProviderId } from '#contract/vocabulary'
import { newestFirst } from '#db/newest-first'
import type { Sql, Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import type { PageRequest } from '#http/list'
import type { Drift } from '#providers/drift/watch'
import { addDays } from '#values/dates'
import { LAST_UUID, newUuid } from '#values/ids'

const KEPT_DAYS = 90
/** Of one account at one provider. A provider that makes up names must not fill the table. */
const MOST_LINES = 500

const Owner = z.object({ account_id: z.string() })

/** Holds the connection, so that its events are numbered without a gap and no line is told of twice. */
const HOLD_OWNER = 'SELECT account_id FROM connections WHERE id = $1 FOR NO KEY UPDATE'

/** The account that a connection belongs to, its row held; null when there is no such connection. */
export async function holdOwner(tx: Tx, connectionUuid: string): Promise<string | null> {
  const { rows } = await tx.query(HOLD_OWNER, [connectionUuid])
  return rows.length === 0 ? null : Owner.parse(rows[0]).account_id
}

const UPSERT = `
  INSERT INTO contract_drifts AS line (id, account_id, mode, provider, operation, endpoint, path, kind, expected, found,
    count, first_seen_at, last_seen_at)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11
  WHERE EXISTS (SELECT 1 FROM contract_drifts WHERE account_id = $2 AND mode = $3 AND provider = $4 AND operation = $5
      AND endpoint = $6 AND path = $7 AND kind = $8)
    OR (SELECT count(*) FROM contract_drifts WHERE account_id = $2 AND mode = $3 AND provider = $4) < ${MOST_LINES}
  ON CONFLICT (account_id, mode, provider, operation, endpoint, path, kind) DO UPDATE
    SET expected = excluded.expected, found = excluded.found, count = line.count + 1,
      last_seen_at = greatest(line.last_seen_at, excluded.last_seen_at)
  RETURNING id`

/** Counts a difference. Returns whether it was not known before. */
export async function upsertDrift(tx: Tx, accountId: string, drift: Drift): Promise<boolean> {
  const { mode, provider, operation, endpoint, path, kind, expected, found, seenAt } = drift
  const id = newUuid()
  const place = [id, accountId, mode, provider, operation, endpoint, path, kind]
  const { rows } = await tx.query<{ id: string }>(UPSERT, [...place, expected, found, seenAt])
  return rows[0]?.id === id
}

const DELETE_OLD = `
  DELETE FROM contract_drifts
  WHERE id IN (SELECT id FROM contract_drifts WHERE last_seen_at < $1 LIMIT $2) AND last_seen_at < $1`

/** Deletes at most `limit` lines that were not seen for 90 days; returns how many. */
export async function deleteOldDrifts(sql: Sql, now: Date, limit: number): Promise<number> {
  return (await sql.query(DELETE_OLD, [addDays(now, -KEPT_DAYS), limit])).rowCount
}

const Row = z.object({
  id: z.string(),
  mode: Mode,
  provider: ProviderId,
  operation: z.string(),
  endpoint: z.string(),
  path: z.string(),
  kind: ContractDrift.shape.kind,
  expected: z.string().nullable(),
  found: z.string().nullable(),
  count: z.int(),
  first_seen_at: z.date(),
  last_seen_at: z.date(),
})
const COLUMNS = Object.keys(Row.shape).join(', ')

export interface DriftLine {
  readonly uuid: string
  readonly drift: ContractDrift
}

function fromRow(row: unknown): DriftLine {
  const { id, first_seen_at, last_seen_at, ...rest } = Row.parse(row)
  return {
    uuid: id,
    drift: {
      object: 'contract_drift',
      ...rest,
      first_seen_at: first_seen_at.toISOString(),
      last_seen_at: last_seen_at.toISOString(),
    },
  }
}

/** A page of an account's lines at one provider, the latest found first. */
export async function listDrifts(
  sql: Sql,
  caller: Pick<Caller, 'accountId' | 'mode'>,
  provider: ProviderId,
  { limit, after }: PageRequest,
): Promise<DriftLine[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const scan = newestFirst(caller, [['provider', provider]], after ?? LAST_UUID, parameter)
  const text = `SELECT ${COLUMNS} FROM contract_drifts WHERE ${scan.where} ORDER BY ${scan.orderBy} LIMIT ${parameter(limit + 1)}`
  const { rows } = await sql.query(text, values)
  return rows.map(fromRow)
}
