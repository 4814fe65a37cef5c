import { z } from 'zod'
import { Mode, ProviderId } from '#contract/vocabulary'
import type { Sql, Tx } from '#db/tx'

export const watchKinds = ['order', 'payments', 'lead', 'mandate'] as const
export type WatchKind = (typeof watchKinds)[number]

const Row = z.object({
  id: z.string(),
  account_id: z.string(),
  mode: Mode,
  kind: z.enum(watchKinds),
  resource_id: z.string(),
  connection_id: z.string(),
  provider: ProviderId,
  due_at: z.date(),
  next_at: z.date(),
  failures: z.int(),
  looked_at: z.date().nullable(),
  created_at: z.date(),
})
/** Something that is looked at now and then at its provider, taken by whoever holds it until `next_at`. */
export type Watch = z.output<typeof Row>

const ConnectionRow = z.object({ id: z.string() })

const DUE = `
  SELECT id FROM connections
  WHERE EXISTS (SELECT 1 FROM watches WHERE watches.connection_id = connections.id AND next_at <= $1) ORDER BY id`

/** The connections through which something is to be looked at. */
export async function dueConnections(sql: Sql, now: Date): Promise<string[]> {
  return z
    .array(ConnectionRow)
    .parse((await sql.query(DUE, [now])).rows)
    .map(({ id }) => id)
}

const TAKE = `
  WITH due AS (
    SELECT id, next_at FROM watches WHERE connection_id = $1 AND next_at <= $2
    ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  UPDATE watches SET next_at = $3 FROM due WHERE watches.id = due.id
  RETURNING watches.id, account_id, mode, kind, resource_id, connection_id, provider, due.next_at AS due_at,
    watches.next_at, failures, looked_at, created_at`

/**
 * Takes what has been due for the longest. Nobody else gets it before `until`; should the taker die, it is due again
 * then.
 */
export async function takeWatch(
  sql: Sql,
  connectionId: string,
  { now, until }: { now: Date; until: Date },
): Promise<Watch | null> {
  const { rows } = await sql.query(TAKE, [connectionId, now, until])
  return rows.length === 0 ? null : Row.parse(rows[0])
}

const RETURN = `
  UPDATE watches SET next_at = $3, failures = $4, looked_at = $5 WHERE id = $1 AND next_at = $2`

/** Puts back what was taken; null lets it sleep. Does nothing once somebody else has taken it, or woken it up. */
export async function returnWatch(
  sql: Sql,
  { id, next_at: held }: Pick<Watch, 'id' | 'next_at'>,
  { nextAt, failures, lookedAt }: { nextAt: Date | null; failures: number; lookedAt: Date | null },
): Promise<void> {
  await sql.query(RETURN, [id, held, nextAt, failures, lookedAt])
}

const WAKE = `
  UPDATE watches SET next_at = $4, failures = 0
  WHERE account_id = $1 AND resource_id = $2 AND kind = $3 AND next_at IS NULL`

/** Has a resource looked at again that was let sleep. */
export function wakeWatch(
  tx: Tx,
  { accountId, uuid, kind }: { accountId: string; uuid: string; kind: WatchKind },
  at: Date,
): void {
  tx.write(WAKE, [accountId, uuid, kind, at])
}
