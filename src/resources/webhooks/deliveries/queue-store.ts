import { z } from 'zod'
import { Mode } from '#contract/vocabulary'
import type { DeliveryAttempt, DeliveryState } from '#contract/webhooks'
import type { Sql, Tx } from '#db/tx'

/** How many attempts a delivery shows. */
const ATTEMPTS_KEPT = 20

const Claimed = z.object({
  id: z.string(),
  account_id: z.string(),
  mode: Mode,
  webhook_id: z.string(),
  event_id: z.string(),
  attempts: z.int(),
  is_first: z.boolean(),
  fence: z.int(),
  due_at: z.date(),
  created_at: z.date(),
})
/** A delivery that this process may attempt until its lease runs out. `attempts` counts the one that is due. */
export type Claimed = z.output<typeof Claimed>

// The webhooks that have something on its way, each with its oldest: one step along the index per webhook, however long
// the backlog of one is. What is due is an array, for the planner would rather read the whole table than join it.
const CLAIM = `
  WITH RECURSIVE waiting AS (
    (SELECT webhook_id, next_attempt_at AS oldest FROM deliveries WHERE next_attempt_at IS NOT NULL
      ORDER BY webhook_id, next_attempt_at LIMIT 1)
    UNION ALL
    SELECT next.webhook_id, next.oldest FROM waiting CROSS JOIN LATERAL (
      SELECT webhook_id, next_attempt_at AS oldest FROM deliveries
      WHERE next_attempt_at IS NOT NULL AND webhook_id > waiting.webhook_id
      ORDER BY webhook_id, next_attempt_at LIMIT 1) AS next),
  open AS (
    SELECT webhook_id, $4 - coalesce(($5::jsonb ->> webhook_id::text)::int, 0) AS room FROM waiting
    WHERE oldest <= $1 AND coalesce(($5::jsonb ->> webhook_id::text)::int, 0) < $4
      AND (SELECT paused_until FROM webhooks WHERE webhooks.id = webhook_id) > $1 IS NOT TRUE ORDER BY oldest),
  due AS (
    SELECT next.id FROM open CROSS JOIN LATERAL (
      SELECT id FROM deliveries
      WHERE deliveries.webhook_id = open.webhook_id AND next_attempt_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
      ORDER BY next_attempt_at LIMIT open.room FOR UPDATE SKIP LOCKED) AS next
    LIMIT $3)
  UPDATE deliveries SET lease_until = $2, fence = fence + 1, attempts = attempts + 1
  WHERE id = ANY(ARRAY(SELECT id FROM due))
  RETURNING id, account_id, mode, webhook_id, event_id, attempts, attempt_log = '[]' AS is_first, fence, created_at,
    greatest(next_attempt_at, (SELECT paused_until FROM webhooks WHERE webhooks.id = webhook_id)) AS due_at`

export interface ClaimRequest {
  readonly now: Date
  readonly leaseUntil: Date
  /** At most so many in all, and to one webhook. */
  readonly limit: number
  readonly perWebhook: number
  /** How many this process is sending to a webhook already. */
  readonly underWay: ReadonlyMap<string, number>
}

/** Takes deliveries that are due, longest first, of webhooks that are not paused. Of several processes each takes others. */
export async function claimDeliveries(sql: Sql, request: ClaimRequest): Promise<Claimed[]> {
  const { now, leaseUntil, limit, perWebhook, underWay } = request
  const busy = JSON.stringify(Object.fromEntries(underWay))
  const { rows } = await sql.query(CLAIM, [now, leaseUntil, limit, perWebhook, busy])
  return rows.map(row => Claimed.parse(row))
}

const SETTLE = `
  UPDATE deliveries SET lease_until = NULL,
    state = CASE WHEN $3 = 'failed' AND next_attempt_at IS NULL THEN state ELSE $3 END,
    next_attempt_at = CASE WHEN next_attempt_at IS NULL THEN NULL ELSE $4::timestamptz END,
    delivered_at = $5,
    attempt_log = CASE WHEN jsonb_array_length(attempt_log) < ${ATTEMPTS_KEPT} THEN attempt_log ELSE attempt_log - 0 END || $6
  WHERE id = $1 AND fence = $2`

export interface SettledDelivery {
  readonly state: Exclude<DeliveryState, 'pending'>
  readonly nextAttemptAt: Date | null
  readonly deliveredAt: Date | null
  /** Null when it ended without one. */
  readonly attempt: DeliveryAttempt | null
}

/**
 * Writes down what came of an attempt. False when the lease ran out and another process has it now. One that was ended
 * meanwhile stays ended, unless it was delivered.
 */
export async function settleDelivery(
  sql: Sql | Tx,
  { id, fence }: Pick<Claimed, 'id' | 'fence'>,
  { state, nextAttemptAt, deliveredAt, attempt }: SettledDelivery,
): Promise<boolean> {
  const log = JSON.stringify(attempt ? [attempt] : [])
  return (await sql.query(SETTLE, [id, fence, state, nextAttemptAt, deliveredAt, log])).rowCount === 1
}

const RELEASE = `
  UPDATE deliveries SET lease_until = NULL, attempts = attempts - 1 WHERE id = $1 AND fence = $2`

/** Gives a delivery back as if it had not been taken. */
export async function releaseDelivery(sql: Sql, { id, fence }: Pick<Claimed, 'id' | 'fence'>): Promise<void> {
  await sql.query(RELEASE, [id, fence])
}
