import type { Logger } from 'pino'
import type { Connections } from '#connections/connections'
import type { Sql } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Entry } from '#journal/entry'
import { type JournaledResources, journaledOf } from '#journal/journaled'
import type { Sent } from '#journal/settlement'
import type { Connection } from '#providers/call-context'
import { createDeadline } from '#providers/deadline'
import type { Input, OperationName } from '#providers/port/index'
import { ProviderError } from '#providers/provider-error'
import type { ProviderRuntime } from '#providers/run'

/** On whose request an operation is sent; one that is resumed has a request id of its own. */
export interface SentFor {
  readonly requestId: string
  readonly traceparent?: string | undefined
}

/** Where an operation's input is sealed to, so that no other row's can stand in for it. */
export function inputContext(entryId: string): string {
  return `operations/${entryId}/input`
}

/** The journal wrote the input itself, typed by the operation, and the vault vouches that it is unchanged. */
export function isInputOf<K extends OperationName>(_operation: K, input: unknown): input is Input<K> {
  return typeof input === 'object' && input !== null
}

export interface SenderDeps {
  readonly sql: Sql
  readonly vault: Vault
  readonly connections: Pick<Connections, 'of'>
  readonly providers: ProviderRuntime
  readonly resources: JournaledResources
  readonly logger: Logger
  readonly now: () => Date
  /** The longest that one operation may take. */
  readonly timeoutMs: number
}

function notSent(entry: Entry, message: string): Sent {
  const { provider, operation } = entry
  return {
    ok: false,
    error: new ProviderError({
      provider,
      operation,
      code: 'provider_unavailable',
      outcome: 'not_sent',
      message,
    }),
  }
}

/** Sends journaled operations. Nothing is written here: the caller settles what came of it. */
export function createSender(deps: SenderDeps) {
  function connectionOf(entry: Entry): Connection | null {
    const connection = deps.connections.of(entry).get(entry.provider)
    return connection?.id === entry.connectionId ? connection : null
  }

  /** Null when it was wiped or cannot be read: then there is nothing to send. */
  async function inputOf(entry: Entry): Promise<unknown> {
    if (entry.input === null) return null
    try {
      const opened = deps.vault.open(entry.input, inputContext(entry.id)).toString('utf8')
      const stored: unknown = JSON.parse(opened)
      return await journaledOf(deps.resources, entry).complete(deps.sql, entry, stored)
    } catch (err) {
      const { operation, id } = entry
      deps.logger.error({ err, operation, operation_id: id }, 'the input of an operation cannot be read')
      return null
    }
  }

  async function run(
    entry: Entry,
    connection: Connection,
    input: Input<OperationName>,
    sentFor: SentFor,
  ): Promise<Sent> {
    const deadline = createDeadline(deps.timeoutMs)
    try {
      const { requestId, traceparent } = sentFor
      const context = {
        connection,
        accountId: entry.accountId,
        requestId,
        resource: entry.resource,
        deadline,
      }
      const traced = traceparent ? { ...context, traceparent } : context
      return { ok: true, run: await deps.providers.run(traced, entry.operation, input) }
    } catch (err) {
      if (err instanceof ProviderError) return { ok: false, error: err }
      throw err
    } finally {
      deadline.dispose()
    }
  }

  return async (entry: Entry, sentFor: SentFor): Promise<Sent> => {
    const connection = connectionOf(entry)
    if (!connection)
      return notSent(entry, 'The connection that this operation was planned for is not there any more.')
    const input = await inputOf(entry)
    if (!isInputOf(entry.operation, input)) {
      const what = entry.input === null ? 'was wiped' : 'cannot be read'
      return notSent(entry, `The input of this operation ${what}.`)
    }
    // A process that slept through its lease must not send what others have already given up as unknown.
    if (entry.leaseUntil === null || entry.leaseUntil <= deps.now())
      return notSent(entry, 'The lease ran out before sending.')
    return run(entry, connection, input, sentFor)
  }
}
export type Send = ReturnType<typeof createSender>
