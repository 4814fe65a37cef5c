import type { Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import type { IdPrefix } from '#values/ids'
import { newUuid } from '#values/ids'

/** Who did it: whoever holds a key, or, without one, the operator at the command line. */
export interface Actor {
  readonly caller: Pick<Caller, 'accountId' | 'mode'> & { readonly keyId: string | null }
  readonly requestId: string | null
}

/** Something that a person did, to be kept for good. */
export interface NewAudit {
  /** What was done to which kind of thing: `operations.resolved`. */
  readonly action: string
  readonly resource: { readonly prefix: IdPrefix; readonly uuid: string }
  /** What was done and with which result: ids, states and the person's own note, never personal values. */
  readonly data: Readonly<Record<string, unknown>>
  readonly at: Date
}

const APPEND = `
  INSERT INTO audit_entries (id, account_id, mode, actor_key_id, action, resource_prefix, resource_id, data, request_id, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

/** Writes down who did what, in the commit that does it. */
export function appendAudit(
  tx: Tx,
  { caller, requestId }: Actor,
  { action, resource, data, at }: NewAudit,
): void {
  tx.write(APPEND, [
    newUuid(),
    caller.accountId,
    caller.mode,
    caller.keyId,
    action,
    resource.prefix,
    resource.uuid,
    JSON.stringify(data),
    requestId,
    at,
  ])
}
