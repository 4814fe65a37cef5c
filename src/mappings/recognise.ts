import type { Tx } from '#db/tx'
import type { Call } from '#http/caller'
import { resourcesOf } from '#mappings/lookups'
import type { Connection } from '#providers/call-context'
import type { Services } from '#services'

/** Objects of one kind that a provider lists, and how one that nobody has seen before gets its id. */
export interface Listed<T> {
  readonly connection: Connection
  readonly providerResource: string
  readonly found: readonly T[]
  /** Returns the UUID that it has from now on. */
  readonly meet: (tx: Tx, object: T, at: Date) => Promise<string>
}

/** Which objects of ours those of a provider are: UUIDs by the provider's id. Strangers get theirs in one commit. */
export async function recognise<T extends { readonly id: string }>(
  { database, now }: Pick<Services, 'database' | 'now'>,
  { caller }: Call,
  { connection, providerResource, found, meet }: Listed<T>,
): Promise<Map<string, string>> {
  const through = { accountId: caller.accountId, connectionId: connection.id, providerResource }
  const ids = found.map(({ id }) => id)
  const known = await resourcesOf(database.sql, through, ids)
  const strangers = found.filter(({ id }) => !known.has(id))
  if (strangers.length === 0) return known
  const at = now()
  await database.transaction(async tx => {
    for (const object of strangers) known.set(object.id, await meet(tx, object, at))
  })
  return known
}
