import type { Sql, Tx } from '#db/tx'
import type { Entry } from '#journal/entry'

/** What the journal has to know of a kind of resource that unsafe operations are done for. */
export interface Journaled {
  /**
   * Where the resource's row is, which is held until the commit so that what follows from several operations is worked
   * out in turn; null where an operation stands for itself.
   */
  readonly table: string | null
  /** The stored input with what it lacked until its turn, such as the provider's id of the order. */
  complete(sql: Sql, entry: Entry, input: unknown): Promise<unknown>
  /** The provider's ids in an answer. Throws ZodError for an answer that this operation does not give. */
  idsOf(entry: Entry, value: unknown): readonly string[]
  /**
   * Writes what an outcome means for the resource (ids, mappings, status, events) into the commit that settles it.
   * `value` is the provider's answer, undefined when there is none. Called for every change of an operation's state.
   * `at`: when that is, by the service's clock.
   */
  settled(tx: Tx, entry: Entry, value: unknown, at: Date): Promise<void>
  /** The provider's answer is shown nowhere beside the resource, so it is not kept. */
  readonly keepsNoPayload?: true
}

/** By prefix of the resource. */
export type JournaledResources = Readonly<Partial<Record<string, Journaled>>>

export function journaledOf(resources: JournaledResources, entry: Entry): Journaled {
  const found = resources[entry.resource.prefix]
  if (!found) throw new TypeError(`nothing is journaled for ${entry.resource.prefix}`)
  return found
}
