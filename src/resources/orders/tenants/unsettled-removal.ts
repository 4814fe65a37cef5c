import type { Call } from '#http/caller'
import { type Entry, type Holder, stateAt } from '#journal/entry'
import { entriesOf } from '#journal/store'
import type { Services } from '#services'

const REMOVALS = ['tenants.delete', 'invites.delete']

/** A removal of which nobody knows what became of it: it is not sent a second time. */
export async function unsettledRemoval(
  { database, now }: Services,
  { caller }: Call,
  resource: Holder,
): Promise<Entry | null> {
  const entries = await entriesOf(database.sql, caller.accountId, resource)
  const at = now()
  return entries.find(entry => REMOVALS.includes(entry.operation) && stateAt(entry, at) === 'unknown') ?? null
}
