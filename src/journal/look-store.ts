import { z } from 'zod'
import { ProviderId } from '#contract/vocabulary'
import type { ProviderFailure } from '#contract/problems'
import type { Sql, Tx } from '#db/tx'
import { type Entry, entryColumns, entryFromRow } from '#journal/entry'

/** Who looks at the provider for an operation, and until when nobody else does. Each look has an owner of its own. */
export interface LookLease {
  readonly owner: string
  readonly until: Date
}

const FREE = `state = 'unknown' AND reconcile <> 'by_person' AND (lease_until IS NULL OR lease_until < $3)`

const CLAIM_DUE = `
  UPDATE operations SET lease_owner = $1, lease_until = $2 WHERE id = (
    SELECT id FROM operations WHERE ${FREE} AND next_look_at <= $3 AND provider = $4
    ORDER BY next_look_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING ${entryColumns}`

/** Takes the operation whose turn it is; null when none is due. Of several processes one gets it. */
export async function claimDue(
  sql: Sql,
  provider: ProviderId,
  { owner, until }: LookLease,
  now: Date,
): Promise<Entry | null> {
  const { rows } = await sql.query(CLAIM_DUE, [owner, until, now, provider])
  return rows.length === 0 ? null : entryFromRow(rows[0])
}

const CLAIM = `
  UPDATE operations SET lease_owner = $1, lease_until = $2 WHERE id = (
    SELECT id FROM operations WHERE id = $4 AND ${FREE} FOR UPDATE SKIP LOCKED)
  RETURNING ${entryColumns}`

/** Takes one operation out of turn; null when it is not unknown, is left to a person, or somebody looks for it just now. */
export async function claimNow(
  sql: Sql,
  id: string,
  { owner, until }: LookLease,
  now: Date,
): Promise<Entry | null> {
  const { rows } = await sql.query(CLAIM, [owner, until, now, id])
  return rows.length === 0 ? null : entryFromRow(rows[0])
}

/** Also its own: a look whose time ran out must not write what others have looked for meanwhile. */
const HELD = `id = $1 AND fence = $2 AND state = 'unknown' AND lease_owner = $3`

const END = `
  UPDATE operations SET state = $4, provider_ids = $5, error = $6, hint = $7, settled_at = $8, wipe_at = $9,
    looks = looks + 1, next_look_at = NULL, lease_owner = NULL, lease_until = NULL, fence = fence + 1,
    input = CASE WHEN $4 = 'succeeded' THEN NULL ELSE input END
  WHERE ${HELD}
  RETURNING ${entryColumns}`

/** What a look has proven. */
export interface Proof {
  readonly state: 'succeeded' | 'not_sent'
  readonly providerIds: readonly string[]
  readonly error: ProviderFailure | null
  readonly hint: string | null
  /** When the input may be wiped; null where it is wiped now. */
  readonly wipeAt: Date | null
  readonly now: Date
}

/** Null when it is not this look's to end any more. */
export async function endByProof(tx: Tx, entry: Entry, owner: string, proof: Proof): Promise<Entry | null> {
  const { state, providerIds, error, hint, now, wipeAt } = proof
  const values = [entry.id, entry.fence, owner, state, JSON.stringify(providerIds)]
  const { rows } = await tx.query(END, [...values, error && JSON.stringify(error), hint, now, wipeAt])
  return rows.length === 0 ? null : entryFromRow(rows[0])
}

const RELEASE = `
  UPDATE operations SET lease_owner = NULL, lease_until = NULL, next_look_at = $4, looks = looks + $5, absent_at = $6,
    hint = coalesce($7, hint)
  WHERE ${HELD}`

/** A look that proved nothing is over. */
export async function release(
  sql: Sql,
  entry: Entry,
  owner: string,
  {
    nextLookAt,
    told,
    absentAt,
    hint,
  }: {
    nextLookAt: Date | null
    /** Whether the look told something at all. */
    told: boolean
    absentAt: Date | null
    hint: string | null
  },
): Promise<void> {
  await sql.query(RELEASE, [entry.id, entry.fence, owner, nextLookAt, told ? 1 : 0, absentAt, hint])
}

const RIVALS = `
  SELECT ${entryColumns} FROM operations
  WHERE state IN ('sending', 'unknown') AND connection_id = $1 AND operation = $2 AND id <> $3 AND input IS NOT NULL`

/** Other operations of the same kind through the same connection, of any account, that are not settled. */
export async function rivalsOf(sql: Sql, { connectionId, operation, id }: Entry): Promise<Entry[]> {
  const { rows } = await sql.query(RIVALS, [connectionId, operation, id])
  return rows.map(entryFromRow)
}

const COUNT = `SELECT provider, count(*) AS unknown FROM operations WHERE state = 'unknown' GROUP BY provider`
const Counts = z.array(z.object({ provider: ProviderId, unknown: z.int() }))

/** How many outcomes nobody knows, by provider; one without any is left out. */
export async function countUnknown(sql: Sql): Promise<z.output<typeof Counts>> {
  return Counts.parse((await sql.query(COUNT)).rows)
}
