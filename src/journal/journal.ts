import type { Logger } from 'pino'
import type { Database } from '#db/client'
import type { Tx } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Caller } from '#http/caller'
import { inputContext, openInput } from '#journal/access'
import type { Entry, Holder } from '#journal/entry'
import type { JournaledResources } from '#journal/journaled'
import { nextReference } from '#journal/reference'
import { createSender, type SenderDeps, type SentFor } from '#journal/sender'
import type { Sent } from '#journal/settlement'
import { createSettler, type Finding } from '#journal/settler'
import type { Turn } from '#journal/turn'
import { writeOutcome } from '#journal/write-outcome'
import {
  abandonedEntries,
  insertEntry,
  isAnySending,
  type Lease,
  startAgain,
  startNext,
} from '#journal/store'
import type { Connection } from '#providers/call-context'
import type { Input, OperationName } from '#providers/port/index'
import { sealedProviders } from '#providers/registry'
import { newUuid } from '#values/ids'

export interface StepOf<K extends OperationName> {
  readonly operation: K
  readonly connection: Connection
  /** What the adapter is given; ids that are not known yet are filled in by `Journaled.complete`. */
  readonly input: Input<K>
  /** What the provider is told to call it, where it takes a name. */
  readonly reference?: string | null
  readonly subject?: Holder | null
  /** The operation's own id, where somebody has to know it beforehand. */
  readonly id?: string
  /** Where it moves money; the caller's commit fails when another operation has taken the turn. */
  readonly turn?: Turn | null
}

/** An unsafe operation that is to be written down before it is sent. */
export type NewStep = { [K in OperationName]: StepOf<K> }[OperationName]

/** An operation after it was settled, with what came of it. */
export interface Settled {
  readonly entry: Entry
  readonly sent: Sent
}

export { LeaseLost } from '#journal/lease-lost'

export interface Journal {
  /**
   * Writes steps down in the caller's commit; those to be sent at once are marked so in the same commit. The caller
   * holds the resource's row.
   */
  plan<K extends OperationName>(
    tx: Tx,
    scope: Pick<Caller, 'accountId' | 'mode'>,
    resource: Holder,
    steps: readonly StepOf<K>[],
    sendNow: 'first' | 'all',
  ): Promise<Entry[]>
  /**
   * The only stepper: sends an operation that this process has marked, settles it and marks the resource's next one in
   * the same commit, until one does not succeed or none is left. `finish` is called in the last of these commits.
   */
  advance<T>(entry: Entry, sentFor: SentFor, finish: (tx: Tx, last: Settled) => Promise<T>): Promise<T>
  /**
   * Sends several at once, and waits for all of them whatever becomes of one. `finish` is called in the commit that
   * settles the last of them.
   */
  advanceAll<T>(entries: readonly Entry[], sentFor: SentFor, finish: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Marks a settled operation as being sent again, in the caller's commit; under a new reference when nobody knew for a
   * while what had become of it. Null when it has changed meanwhile.
   */
  again(tx: Tx, entry: Entry, changes: { input?: unknown }): Promise<Entry | null>
  /** What an operation was written down with, as far as it is still kept; null once it is wiped. */
  inputOf(entry: Entry): unknown
  /** Marks the resource's next planned operation as being sent, in the caller's commit. */
  next(tx: Tx, entry: Entry): Promise<Entry | null>
  /**
   * Writes down what a person found out about an unknown operation, in the caller's commit. Null when it is not unknown
   * any more.
   */
  resolve(tx: Tx, entry: Entry, finding: Finding): Promise<Entry | null>
  /**
   * Marks an unknown operation that a person found not to have happened as being sent again, in the caller's commit.
   * Null when it is not unknown any more.
   */
  resend(
    tx: Tx,
    entry: Entry,
    as: { reference: string | null; resolution: Finding['resolution'] },
  ): Promise<Entry | null>
  /** Ends an operation whose sender died as unknown; false when somebody else was quicker. */
  giveUp(entry: Entry): Promise<boolean>
  /** The same for all of them; of several processes one does so. Returns how many. */
  recover(): Promise<number>
  /** Waits for what is under way. */
  close(): Promise<void>
}

export interface JournalDeps extends Omit<SenderDeps, 'sql'> {
  readonly database: Database
  readonly vault: Vault
  readonly resources: JournaledResources
  readonly logger: Logger
  /** Milliseconds after which a silent sender counts as dead: at least twice what an operation may take. */
  readonly leaseMs: number
}

const RECOVERED_AT_ONCE = 100

/** As the adapter declares it; what the provider was given no name for cannot be found by one. */
function reconcileModeOf(
  provider: Connection['provider'],
  operation: OperationName,
  reference: string | null,
): Entry['reconcile'] {
  const declared = sealedProviders[provider].reconcile[operation] ?? 'by_person'
  return declared === 'by_reference' && reference === null ? 'by_scan' : declared
}

export function createJournal(deps: JournalDeps): Journal {
  const { database, vault, logger, now } = deps
  const owner = newUuid()
  const send = createSender({ ...deps, sql: database.sql })
  const settler = createSettler(deps)
  const underWay = new Set<Promise<unknown>>()

  const lease = (): Lease => ({ owner, until: new Date(now().getTime() + deps.leaseMs) })
  const sealInput = (id: string, input: unknown) => vault.seal(JSON.stringify(input), inputContext(id))

  function track<T>(work: Promise<T>): Promise<T> {
    const settled = work.catch(() => undefined)
    underWay.add(settled)
    void settled.finally(() => underWay.delete(settled))
    return work
  }

  const commit = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    writeOutcome(database, work, deps.leaseMs / 2)

  async function advance<T>(
    first: Entry,
    sentFor: SentFor,
    finish: (tx: Tx, last: Settled) => Promise<T>,
  ): Promise<T> {
    for (let entry = first; ; ) {
      const sent = await send(entry, sentFor)
      const current = entry
      const step = await commit(async tx => {
        const settled = await settler.settle(tx, current, sent)
        const following = settled.state === 'succeeded' ? await startNext(tx, settled, lease(), now()) : null
        return following ? { following } : { result: await finish(tx, { entry: settled, sent }) }
      })
      if ('result' in step) return step.result
      entry = step.following
    }
  }

  async function advanceAll<T>(
    entries: readonly Entry[],
    sentFor: SentFor,
    finish: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const results = await Promise.allSettled(
      entries.map(async entry => {
        const sent = await send(entry, sentFor)
        return commit(async tx => {
          await settler.settle(tx, entry, sent)
          // Asked under the resource's lock, so that exactly one commit is the last.
          const others = entries.filter(({ id }) => id !== entry.id)
          const isLast = others.length === 0 || !(await isAnySending(tx, others))
          return isLast ? { value: await finish(tx) } : null
        })
      }),
    )
    const commits = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
    const last = commits.find(value => value !== null)
    if (last) return last.value
    const failed = results.find(result => result.status === 'rejected')
    if (failed) throw failed.reason
    // None is the last when one that was settled has been sent again before all were.
    return commit(finish)
  }

  const giveUp = (entry: Entry) =>
    database.transaction(async tx => (await settler.giveUp(tx, entry)) !== null)

  /** One that cannot be recovered must not keep the others from it. */
  async function recoverOne(entry: Entry): Promise<boolean> {
    const named = { operation: entry.operation, provider: entry.provider, operation_id: entry.id }
    try {
      const recovered = await giveUp(entry)
      if (recovered) logger.warn(named, 'outcome unknown')
      return recovered
    } catch (err) {
      logger.error({ ...named, err }, 'an abandoned operation could not be ended')
      return false
    }
  }

  return {
    plan(tx, scope, resource, steps, sendNow) {
      const written = steps.map((step, index) => {
        const { id = newUuid(), operation, connection, input } = step
        const { reference = null, subject = null, turn = null } = step
        const sending = sendNow === 'all' || index === 0
        return insertEntry(tx, scope, {
          id,
          connectionId: connection.id,
          provider: connection.provider,
          operation,
          resource,
          subject,
          reconcile: reconcileModeOf(connection.provider, operation, reference),
          reference,
          input: sealInput(id, input),
          lease: sending ? lease() : null,
          turn,
          now: now(),
        })
      })
      return Promise.all(written)
    },
    advance: (entry, sentFor, finish) => track(advance(entry, sentFor, finish)),
    advanceAll: (entries, sentFor, finish) => track(advanceAll(entries, sentFor, finish)),
    again: (tx, entry, { input }) =>
      startAgain(tx, entry, {
        lease: lease(),
        now: now(),
        input: input === undefined ? null : sealInput(entry.id, input),
        reference: entry.unknownAt === null ? entry.reference : nextReference(entry),
        resolution: null,
      }),
    inputOf: entry => openInput(vault, entry),
    next: (tx, entry) => startNext(tx, entry, lease(), now()),
    resolve: settler.resolve,
    resend: (tx, entry, as) => settler.resend(tx, entry, { ...as, lease: lease() }),
    giveUp: entry => track(giveUp(entry)),
    async recover() {
      let recovered = 0
      for (const entry of await abandonedEntries(database.sql, now(), RECOVERED_AT_ONCE))
        if (await recoverOne(entry)) recovered += 1
      return recovered
    },
    close: async () => void (await Promise.all(underWay)),
  }
}
