import type { Sql } from '#db/tx'
import type { Entry } from '#journal/entry'
import type { Input, OperationName, Output } from '#providers/port/index'
import type { RunResult } from '#providers/run'

/** A lost object that is there. */
export interface Found {
  readonly seen: 'it'
  /** The provider's ids of what came into being; empty where it tells none. */
  readonly providerIds: readonly string[]
  /** What kind of object the ids name in the mappings: it must not be mapped to anything else. */
  readonly kind?: string
  /** What the operation itself would have answered, as far as it can be read now; taken by `Journaled.settled`. */
  readonly value?: unknown
  /** The provider's own payload of it. */
  readonly payload?: RunResult<unknown>['payload']
  readonly hint?: string | null
}

/** What a look at a provider shows of an operation whose outcome is unknown. */
export type Sight =
  | Found
  /** It is not there. Proves something only after a while, and the second time. */
  | { readonly seen: 'nothing' }
  /**
   * Something is there that proves nothing: a person decides. `hint` names the provider's ids, never a person.
   * `likely`: those that agree in everything that was sent.
   */
  | { readonly seen: 'doubt'; readonly hint: string; readonly likely?: readonly string[] }

/** What a lookup works with. */
export interface Look<K extends OperationName> {
  readonly entry: Entry
  readonly sql: Sql
  /** Reads at the provider within the time of this look. Throws ProviderError; let it through: that counts as no look. */
  read<R extends OperationName>(operation: R, input: Input<R>): Promise<RunResult<Output<R>>>
  /** What was to be sent by other operations of this kind through this connection that nobody has settled yet. */
  rivals(): Promise<readonly Input<K>[]>
}

/**
 * Looks at the provider for what became of an operation. `sent` is what the operation was written down with, ids that
 * were filled in when it was sent included. Reads only; what is seen is written down by the reconciler.
 */
export type Lookup<K extends OperationName> = (look: Look<K>, sent: Input<K>) => Promise<Sight>

/** By operation. One without a lookup, or whose adapter declares `by_person`, is left to a person. */
export type Lookups = { readonly [K in OperationName]?: Lookup<K> }
