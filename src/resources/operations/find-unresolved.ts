import type { Resolution } from '#contract/operations'
import type { Call } from '#http/caller'
import { notFound, ProblemError } from '#http/problem-error'
import { type Entry, stateAt } from '#journal/entry'
import { entriesOf } from '#journal/store'
import { isResolvedAs } from '#resources/operations/resolution'
import { findEntry } from '#resources/operations/store'
import type { Services } from '#services'
import { idFromUuid, uuidOf } from '#values/ids'

/** Throws `not_found`. */
export async function findOperation(services: Services, call: Call, id: string): Promise<Entry> {
  const entry = await findEntry(services.database.sql, call.caller, uuidOf('operation', id))
  if (entry) return entry
  throw notFound('operation')
}

/**
 * The one operation of a resource that a person can speak of without naming it: the unknown one, or else the one that
 * was resolved in this way before. Throws `not_found` and, when there is none or more than one, `state_conflict`.
 */
export async function findUnresolvedOf(
  services: Services,
  call: Call,
  resource: { readonly prefix: 'order' | 'lead'; readonly id: string },
  body: Resolution,
): Promise<Entry> {
  const { accountId, mode } = call.caller
  const uuid = uuidOf(resource.prefix, resource.id)
  const all = await entriesOf(services.database.sql, accountId, { uuid })
  const entries = all.filter(entry => entry.mode === mode && entry.resource.prefix === resource.prefix)
  if (entries.length === 0) throw notFound(resource.prefix)
  const unknown = entries.filter(entry => stateAt(entry, services.now()) === 'unknown')
  if (unknown.length > 1) {
    const ids = unknown.map(entry => idFromUuid('operation', entry.id)).join(', ')
    throw new ProblemError(
      'state_conflict',
      `More than one outcome is unknown; resolve each by itself: ${ids}.`,
    )
  }
  const found = unknown[0] ?? entries.findLast(entry => isResolvedAs(entry, body))
  if (found) return found
  throw new ProblemError('state_conflict', `No outcome of this ${resource.prefix} is unknown.`)
}
