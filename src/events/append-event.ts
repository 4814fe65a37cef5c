import type { Mode } from '#contract/vocabulary'
import type { EventType } from '#contract/events'
import type { Tx } from '#db/tx'
import { type IdPrefix, newUuid } from '#values/ids'

/** Something that happened to a resource. `data` holds ids and states, never personal values. */
export interface NewEvent {
  readonly accountId: string
  readonly mode: Mode
  readonly type: EventType
  readonly resource: { readonly prefix: IdPrefix; readonly uuid: string }
  readonly data: Readonly<Record<string, unknown>>
  readonly at: Date
}

/** Where those who deliver are told, by a notification, that a commit has put something on its way. */
export const DELIVERIES_CHANNEL = 'billbridge_deliveries'

// A delivery's id takes the time of the event's, so that it is a UUIDv7 too. Nobody is told where nobody listens.
const APPEND = `
  WITH event AS (
    INSERT INTO events (id, account_id, mode, type, resource_prefix, resource_id, seq, data, created_at)
    SELECT $1, $2, $3, $4, $5, $6, coalesce(max(seq), 0) + 1, $7, $8 FROM events WHERE account_id = $2 AND resource_id = $6),
  outgoing AS (
    INSERT INTO deliveries (id, account_id, mode, webhook_id, event_id, event_type, state, next_attempt_at, created_at)
    SELECT overlay(gen_random_uuid()::text PLACING left($1::text, 15) FROM 1)::uuid, $2, $3, id, $1, $4, 'pending', $8, $8
    FROM webhooks
    WHERE account_id = $2 AND mode = $3 AND disabled_at IS NULL AND deleted_at IS NULL
      AND CASE WHEN $9::uuid IS NULL THEN events = '{}' OR $4 = ANY(events) ELSE id = $9 END
    RETURNING id)
  SELECT pg_notify('${DELIVERIES_CHANNEL}', '') FROM outgoing LIMIT 1`

function append(tx: Tx, event: NewEvent, onlyWebhook: string | null): string {
  const id = newUuid()
  const { accountId, mode, type, resource, data, at } = event
  const values = [id, accountId, mode, type, resource.prefix, resource.uuid, JSON.stringify(data), at]
  tx.write(APPEND, [...values, onlyWebhook])
  return id
}

/**
 * Writes an event into the commit that makes it true, and puts it on its way to the webhooks that listen to it. The
 * caller holds the resource's row, so that the numbers of one resource count up without a gap.
 */
export function appendEvent(tx: Tx, event: NewEvent): void {
  append(tx, event, null)
}

/** The same for an event that goes to this one webhook, whatever that listens to. Returns the event's UUID. */
export function appendEventFor(tx: Tx, webhookUuid: string, event: NewEvent): string {
  return append(tx, event, webhookUuid)
}
