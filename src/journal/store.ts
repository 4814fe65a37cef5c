import type { Sql, Tx } from '#db/tx'
import { type Entry, entryColumns, entryFromRow, type Holder } from '#journal/entry'
import type { Turn } from '#journal/turn'
import type { Caller } from '#http/caller'
import type { OperationState } from '#contract/operations'
import type { ProviderFailure } from '#contract/problems'

type Scope = Pick<Caller, 'accountId' | 'mode'>

/** Who sends an operation, and until when nobody else may touch it. */
export interface Lease {
  readonly owner: string
  readonly until: Date
}

const INSERT = `
  INSERT INTO operations (id, account_id, mode, connection_id, provider, operation, resource_prefix, resource_id,
    subject_prefix, subject_id, seq, state, reconcile, input, reference, provider_ids, attempts, lease_owner, lease_until,
    fence, created_at, sent_at, target, turn)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
    (SELECT coalesce(max(seq), 0) + 1 FROM operations WHERE account_id = $2 AND resource_id = $8), $11, $12, $13, $14, '[]',
    $15, $16, $17, 1, $18, $19, $20, $21)
  RETURNING ${entryColumns}`

export interface NewEntry
  extends Pick<
    Entry,
    'id' | 'connectionId' | 'provider' | 'operation' | 'resource' | 'subject' | 'reconcile' | 'reference'
  > {
  readonly input: Buffer
  /** Given: it is sent at once, by whoever holds the lease. */
  readonly lease: Lease | null
  readonly turn: Turn | null
  readonly now: Date
}

/** Its number is the next one of its resource; the caller holds the resource's row. */
export async function insertEntry(tx: Tx, scope: Scope, entry: NewEntry): Promise<Entry> {
  const { lease, turn, now } = entry
  const { rows } = await tx.query(INSERT, [
    entry.id,
    scope.accountId,
    scope.mode,
    entry.connectionId,
    entry.provider,
    entry.operation,
    entry.resource.prefix,
    entry.resource.uuid,
    entry.subject?.prefix ?? null,
    entry.subject?.uuid ?? null,
    lease ? 'sending' : 'planned',
    entry.reconcile,
    entry.input,
    entry.reference,
    lease ? 1 : 0,
    lease?.owner ?? null,
    lease?.until ?? null,
    now,
    lease ? now : null,
    turn?.target ?? null,
    turn?.number ?? null,
  ])
  return entryFromRow(rows[0])
}

const SETTLE = `
  UPDATE operations SET state = $3, provider_ids = $4, error = $5, settled_at = $6, wipe_at = $7, lease_owner = NULL,
    lease_until = NULL, input = CASE WHEN $3 = 'succeeded' THEN NULL ELSE input END,
    unknown_at = CASE WHEN $3 = 'unknown' THEN $8 ELSE unknown_at END, hint = $9,
    next_look_at = CASE WHEN reconcile <> 'by_person' THEN $10::timestamptz END
  WHERE id = $1 AND fence = $2 AND state = 'sending'
  RETURNING ${entryColumns}`

export interface Settlement {
  readonly state: Extract<OperationState, 'succeeded' | 'refused' | 'not_sent' | 'unknown'>
  readonly providerIds: readonly string[]
  readonly error: ProviderFailure | null
  /** When the input may be wiped; null where it is wiped now. */
  readonly wipeAt: Date | null
  /** How a person finds out what became of it. */
  readonly hint: string | null
  /** When to look at the provider for what became of it, unless that is left to a person. */
  readonly firstLookAt: Date | null
  readonly now: Date
}

const WIPE_FOLLOWERS = `
  UPDATE operations SET wipe_at = $3 WHERE account_id = $1 AND resource_id = $2 AND state = 'planned' AND input IS NOT NULL`

/**
 * Null when somebody else has taken the operation over: then nothing was written. What was to follow an operation that
 * did not succeed waits for a person, and its input no longer than this one's.
 */
export async function settleEntry(
  tx: Tx,
  entry: Pick<Entry, 'id' | 'fence'>,
  settlement: Settlement,
): Promise<Entry | null> {
  const { state, providerIds, error, wipeAt, hint, firstLookAt, now } = settlement
  const settledAt = state === 'unknown' ? null : now
  const values = [
    entry.id,
    entry.fence,
    state,
    JSON.stringify(providerIds),
    error && JSON.stringify(error),
    settledAt,
    wipeAt,
    now,
    hint,
    firstLookAt,
  ]
  const { rows } = await tx.query(SETTLE, values)
  if (rows.length === 0) return null
  const settled = entryFromRow(rows[0])
  if (wipeAt) tx.write(WIPE_FOLLOWERS, [settled.accountId, settled.resource.uuid, wipeAt])
  return settled
}

const START_NEXT = `
  UPDATE operations SET state = 'sending', lease_owner = $3, lease_until = $4, fence = fence + 1, attempts = attempts + 1,
    sent_at = $5
  WHERE state = 'planned' AND id = (
    SELECT id FROM operations WHERE account_id = $1 AND resource_id = $2 AND state = 'planned' ORDER BY seq LIMIT 1)
  RETURNING ${entryColumns}`

/** Marks the resource's next planned operation as being sent; null when there is none. */
export async function startNext(tx: Tx, entry: Entry, lease: Lease, now: Date): Promise<Entry | null> {
  const { rows } = await tx.query(START_NEXT, [
    entry.accountId,
    entry.resource.uuid,
    lease.owner,
    lease.until,
    now,
  ])
  return rows.length === 0 ? null : entryFromRow(rows[0])
}

const START_AGAIN = `
  UPDATE operations SET state = 'sending', lease_owner = $3, lease_until = $4, fence = fence + 1, attempts = attempts + 1,
    sent_at = $5, input = coalesce($6, input), reference = $7, error = NULL, settled_at = NULL, wipe_at = NULL,
    resolution = $8, hint = NULL, looks = 0, next_look_at = NULL, absent_at = NULL
  WHERE id = $1 AND fence = $2 AND state = $9 AND state <> 'sending'
  RETURNING ${entryColumns}`

/** Sends a settled operation again: refused with corrected input, not sent, or found not to have happened. */
export async function startAgain(
  tx: Tx,
  entry: Entry,
  {
    lease,
    now,
    input,
    reference,
    resolution,
  }: {
    lease: Lease
    now: Date
    input: Buffer | null
    reference: string | null
    /** What a person said of the attempt before, when it is they who have it sent again. */
    resolution: Entry['resolution']
  },
): Promise<Entry | null> {
  const told = resolution && JSON.stringify(resolution)
  const values = [entry.id, entry.fence, lease.owner, lease.until, now, input, reference, told]
  const { rows } = await tx.query(START_AGAIN, [...values, entry.state])
  return rows.length === 0 ? null : entryFromRow(rows[0])
}

const RESOLVE = `
  UPDATE operations SET state = 'settled_by_person', provider_ids = $3, resolution = $4, settled_at = $5, input = NULL,
    wipe_at = NULL, next_look_at = NULL, lease_owner = NULL, lease_until = NULL, fence = fence + 1
  WHERE id = $1 AND fence = $2 AND state = 'unknown'
  RETURNING ${entryColumns}`

export async function resolveEntry(
  tx: Tx,
  entry: Entry,
  {
    providerIds,
    resolution,
    now,
  }: { providerIds: readonly string[]; resolution: Entry['resolution']; now: Date },
): Promise<Entry | null> {
  const values = [entry.id, entry.fence, JSON.stringify(providerIds), JSON.stringify(resolution), now]
  const { rows } = await tx.query(RESOLVE, values)
  return rows.length === 0 ? null : entryFromRow(rows[0])
}

const SKIP = `
  UPDATE operations SET state = 'refused', error = $3, settled_at = $4, input = NULL, wipe_at = NULL, fence = fence + 1
  WHERE id = $1 AND fence = $2 AND state IN ('planned', 'refused', 'not_sent')
  RETURNING ${entryColumns}`

/** Ends an operation that is not to be done any more. */
export async function skipEntry(
  tx: Tx,
  entry: Entry,
  error: ProviderFailure,
  now: Date,
): Promise<Entry | null> {
  const { rows } = await tx.query(SKIP, [entry.id, entry.fence, JSON.stringify(error), now])
  return rows.length === 0 ? null : entryFromRow(rows[0])
}

const OF_RESOURCE = `SELECT ${entryColumns} FROM operations WHERE account_id = $1 AND resource_id = $2 ORDER BY seq`

/** Everything that was or is to be done for a resource, in turn. */
export async function entriesOf(
  sql: Sql,
  accountId: string,
  resource: Pick<Holder, 'uuid'>,
): Promise<Entry[]> {
  const { rows } = await sql.query(OF_RESOURCE, [accountId, resource.uuid])
  return rows.map(entryFromRow)
}

const OF_RESOURCES = `
  SELECT ${entryColumns} FROM operations WHERE account_id = $1 AND resource_id = ANY($2::uuid[]) ORDER BY resource_id, seq`

/** The same for a page of resources in one statement. */
export async function entriesOfAll(sql: Sql, accountId: string, uuids: readonly string[]): Promise<Entry[]> {
  const { rows } = await sql.query(OF_RESOURCES, [accountId, uuids])
  return rows.map(entryFromRow)
}

const ABANDONED = `
  SELECT ${entryColumns} FROM operations WHERE state = 'sending' AND lease_until < $1 ORDER BY lease_until LIMIT $2`

/** Operations whose sender has gone silent. */
export async function abandonedEntries(sql: Sql, now: Date, limit: number): Promise<Entry[]> {
  const { rows } = await sql.query(ABANDONED, [now, limit])
  return rows.map(entryFromRow)
}

const SENDING = `SELECT 1 FROM operations WHERE id = ANY($1::uuid[]) AND state = 'sending' LIMIT 1`

/** Whether any of these is not settled yet. */
export async function isAnySending(tx: Tx, entries: readonly Entry[]): Promise<boolean> {
  return (await tx.query(SENDING, [entries.map(entry => entry.id)])).rowCount > 0
}

const UNDER_WAY = `
  SELECT 1 FROM operations WHERE account_id = $1 AND resource_id = $2 AND state = 'sending' AND lease_until >= $3 LIMIT 1`

/** Whether somebody is sending for this resource right now. */
export async function isUnderWay(
  sql: Sql,
  accountId: string,
  resourceUuid: string,
  now: Date,
): Promise<boolean> {
  return (await sql.query(UNDER_WAY, [accountId, resourceUuid, now])).rowCount > 0
}

// The time stands twice: an operation may be sent again while the wiping waits for its row, and has no such time then.
const WIPE = `
  UPDATE operations SET input = NULL, wipe_at = NULL
  WHERE id IN (SELECT id FROM operations WHERE wipe_at < $1 AND state <> 'sending' LIMIT $2)
    AND wipe_at < $1 AND state <> 'sending'`

/** Wipes at most `limit` inputs that are past their time; returns how many. */
export async function wipeInputs(sql: Sql, now: Date, limit: number): Promise<number> {
  return (await sql.query(WIPE, [now, limit])).rowCount
}
