import type { Sql } from '#db/tx'
import type { Vault } from '#db/vault'
import { createAccess, isInputOf, openInput, type AccessDeps } from '#journal/access'
import type { Entry } from '#journal/entry'
import { rivalsOf } from '#journal/look-store'
import type { Look, Lookups, Sight } from '#journal/lookup'
import type { SentFor } from '#journal/sender'
import type { Connection, Deadline } from '#providers/call-context'
import type { Input, OperationName } from '#providers/port/index'
import type { ProviderRuntime } from '#providers/run'

/** On whose request something is looked for, and for how long. */
export interface LookFor extends SentFor {
  readonly deadline: Deadline
}

export interface LookerDeps extends AccessDeps {
  readonly lookups: Lookups
  readonly providers: Pick<ProviderRuntime, 'run'>
}

const NO_WAY = 'The gateway has no way to look for it. Ask the provider, then say what happened.'
const WIPED =
  'What was to be sent is not kept any more, so nothing can be compared with it. Look at the provider, then say what happened.'

/** What other operations were to send, as far as it is still kept. */
async function rivalInputs<K extends OperationName>(
  { sql, vault }: { sql: Sql; vault: Vault },
  operation: K,
  entry: Entry,
): Promise<Input<K>[]> {
  const rivals = await rivalsOf(sql, entry)
  return rivals.map(rival => openInput(vault, rival)).filter(input => isInputOf(operation, input))
}

/** Looks at providers for what became of operations. Nothing is written here. */
export function createLooker(deps: LookerDeps) {
  const { sql, lookups } = deps
  const { connectionOf, inputOf } = createAccess(deps)

  function lookFrom<K extends OperationName>(
    operation: K,
    { entry, connection, lookFor }: { entry: Entry; connection: Connection; lookFor: LookFor },
  ): Look<K> {
    const { deadline, requestId, traceparent } = lookFor
    const { accountId, resource } = entry
    const context = { connection, accountId, requestId, resource, deadline }
    const traced = traceparent ? { ...context, traceparent } : context
    return {
      entry,
      sql,
      read: (read, input) => deps.providers.run(traced, read, input),
      rivals: () => rivalInputs(deps, operation, entry),
    }
  }

  async function lookUp<K extends OperationName>(
    operation: K,
    entry: Entry,
    lookFor: LookFor,
  ): Promise<Sight | null> {
    const lookup = lookups[operation]
    const connection = connectionOf(entry)
    if (!lookup) return { seen: 'doubt', hint: NO_WAY }
    if (!connection) return null
    const input = await inputOf(entry)
    if (!isInputOf(operation, input)) return { seen: 'doubt', hint: WIPED }
    return lookup(lookFrom(operation, { entry, connection, lookFor }), input)
  }

  /** Null where the connection is not there any more. Throws ProviderError. */
  return (entry: Entry, lookFor: LookFor): Promise<Sight | null> => lookUp(entry.operation, entry, lookFor)
}
