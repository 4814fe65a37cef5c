import { type AccessDeps, createAccess, isInputOf } from '#journal/access'
import { type Entry, servedBy } from '#journal/entry'
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

export interface SenderDeps extends AccessDeps {
  readonly providers: ProviderRuntime
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
  const { connectionOf, inputOf } = createAccess(deps)

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
        resource: servedBy(entry),
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
