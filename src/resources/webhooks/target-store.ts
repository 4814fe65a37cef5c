import { z } from 'zod'
import type { Sql, Tx } from '#db/tx'
import type { Caller } from '#http/caller'

type Scope = Pick<Caller, 'accountId' | 'mode'>

const Target = z.object({
  url: z.string(),
  secret: z.instanceof(Uint8Array),
  previous_secret: z.instanceof(Uint8Array).nullable(),
})
/** Where a delivery goes, with the sealed secrets that it is signed with. */
export type Target = z.output<typeof Target>

const TARGET = `
  SELECT url, secret, CASE WHEN previous_secret_until > $4 THEN previous_secret END AS previous_secret FROM webhooks
  WHERE id = $1 AND account_id = $2 AND mode = $3 AND disabled_at IS NULL AND deleted_at IS NULL`

/** Null once the webhook is disabled or deleted. */
export async function findTarget(
  sql: Sql,
  { accountId, mode }: Scope,
  uuid: string,
  now: Date,
): Promise<Target | null> {
  const { rows } = await sql.query(TARGET, [uuid, accountId, mode, now])
  return rows.length === 0 ? null : Target.parse(rows[0])
}

const PAUSE = `
  UPDATE webhooks SET paused_until = greatest(paused_until, $4)
  WHERE id = $1 AND account_id = $2 AND mode = $3 AND url = $5`

/** Sends nothing to a webhook until then, unless it leads elsewhere meanwhile. */
export async function pauseWebhook(
  sql: Sql,
  { accountId, mode }: Scope,
  uuid: string,
  { url, until }: { url: string; until: Date },
): Promise<void> {
  await sql.query(PAUSE, [uuid, accountId, mode, until, url])
}

const DISABLE = `
  UPDATE webhooks SET disabled_at = $4, disabled_reason = 'gone', updated_at = $4
  WHERE id = $1 AND account_id = $2 AND mode = $3 AND disabled_at IS NULL AND deleted_at IS NULL`

/** Disables a webhook whose receiver says that it is gone; false when it was disabled or deleted before. */
export async function disableGoneWebhook(
  tx: Tx,
  { accountId, mode }: Scope,
  uuid: string,
  now: Date,
): Promise<boolean> {
  return (await tx.query(DISABLE, [uuid, accountId, mode, now])).rowCount === 1
}
