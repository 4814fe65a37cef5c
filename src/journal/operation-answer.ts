import { Operation } from '#contract/operations'
import { type Answer, respond } from '#http/answer'
import { type Entry, servedBy, stateAt } from '#journal/entry'
import { lostToCrash } from '#journal/settlement'
import { idFromUuid } from '#values/ids'

/** An operation as it is answered, read at `now`. Its input is never shown. */
export function toOperation(entry: Entry, now: Date): Operation {
  const state = stateAt(entry, now)
  const silent = state !== entry.state
  const served = servedBy(entry)
  return {
    id: idFromUuid('operation', entry.id),
    object: 'operation',
    mode: entry.mode,
    operation: entry.operation,
    provider: entry.provider,
    resource: idFromUuid(served.prefix, served.uuid),
    state,
    reconcile: entry.reconcile,
    reference: entry.reference,
    provider_ids: [...entry.providerIds],
    error: silent ? lostToCrash : entry.error,
    hint: entry.hint,
    attempts: entry.attempts,
    created_at: entry.createdAt.toISOString(),
    settled_at: entry.settledAt?.toISOString() ?? null,
  }
}

/** 202 with the operation, for a request whose outcome nobody knows (yet). */
export function answerOperation(entry: Entry, now: Date): Answer {
  const operation = toOperation(entry, now)
  const headers = { location: `/v1/operations/${operation.id}` }
  return respond(Operation, operation, { status: 202, headers })
}
