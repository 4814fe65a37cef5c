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

const APPEND = `
  INSERT INTO events (id, account_id, mode, type, resource_prefix, resource_id, seq, data, created_at)
  SELECT $1, $2, $3, $4, $5, $6, coalesce(max(seq), 0) + 1, $7, $8 FROM events WHERE account_id = $2 AND resource_id = $6`

/**
 * Writes an event into the commit that makes it true. The caller holds the resource's row, so that the numbers of one
 * resource count up without a gap.
 */
export async function appendEvent(tx: Tx, event: NewEvent): Promise<void> {
  const id = newUuid()
  const { accountId, mode, type, resource, data, at } = event
  await tx.query(APPEND, [
    id,
    accountId,
    mode,
    type,
    resource.prefix,
    resource.uuid,
    JSON.stringify(data),
    at,
  ])
}
