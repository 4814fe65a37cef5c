import type { Tx } from '#db/tx'
import { appendEvent } from '#events/append-event'
import { type Entry, servedBy } from '#journal/entry'
import { idFromUuid } from '#values/ids'

/**
 * Tells that an outcome is unknown, or that one that was unknown is known now; `sending` then says that a person had it
 * sent again.
 */
export function announce(tx: Tx, before: Entry, after: Entry, at: Date): void {
  const type =
    after.state === 'unknown' ? 'operation.unknown' : before.state === 'unknown' ? 'operation.settled' : null
  if (type === null) return
  const served = servedBy(after)
  appendEvent(tx, {
    accountId: after.accountId,
    mode: after.mode,
    type,
    resource: { prefix: 'operation', uuid: after.id },
    data: {
      id: idFromUuid('operation', after.id),
      operation: after.operation,
      provider: after.provider,
      state: after.state,
      ...(before.state === 'unknown' && after.resolution ? { outcome: after.resolution.outcome } : {}),
      resource: idFromUuid(served.prefix, served.uuid),
    },
    at,
  })
}
