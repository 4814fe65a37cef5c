import type { ProviderId } from '#contract/vocabulary'
import type { Database } from '#db/client'
import { type Entry, stateAt } from '#journal/entry'
import type { Journal } from '#journal/journal'
import { createLooker, type LookerDeps, type LookFor } from '#journal/look'
import { claimDue, claimNow, type LookLease } from '#journal/look-store'
import type { SentFor } from '#journal/sender'
import { createSettler, type SettlerDeps } from '#journal/settler'
import { type Claimed, createVerdicts, type LookOutcome } from '#journal/verdict'
import { createDeadline } from '#providers/deadline'
import { ProviderError } from '#providers/provider-error'
import { newUuid } from '#values/ids'

export interface Reconciler {
  /**
   * Looks for every operation at this provider whose turn it is, one after the other, and goes on with what was waiting
   * for those that are found. Of several processes one looks for each. Returns how many it looked for.
   */
  lookAtDue(provider: ProviderId): Promise<number>
  /** The same at once for those of these that are unknown, unless somebody looks for them just now. */
  lookAt(entries: readonly Entry[], sentFor: SentFor): Promise<void>
  /**
   * Whether the provider shows this object of its own as what the operation made, or may have made. Writes nothing.
   * Throws ProviderError when it cannot be read.
   */
  shows(entry: Entry, providerId: string, sentFor: SentFor): Promise<boolean>
  /** Breaks off what is being looked for, and waits until all is over. */
  close(): Promise<void>
}

export interface ReconcilerDeps extends Omit<LookerDeps, 'sql'>, SettlerDeps {
  readonly database: Database
  readonly journal: Pick<Journal, 'advance' | 'giveUp' | 'next'>
  /** The longest that a caller waits for a look, in milliseconds. */
  readonly timeoutMs: number
  readonly onLook: (look: { provider: ProviderId; operation: string; outcome: LookOutcome }) => void
}

/** Lists are read to their end, page by page. */
const UNHURRIED_MS = 60_000
const LEASE_MARGIN_MS = 15_000
const AT_ONCE = 50

const CANNOT_LOOK =
  'Nobody can look for it: the connection that it was sent through is not there any more. Ask the provider.'

/** Settles unknown outcomes by looking at the providers. */
export function createReconciler(deps: ReconcilerDeps): Reconciler {
  const { database, journal, logger, now } = deps
  const look = createLooker({ ...deps, sql: database.sql })
  const verdicts = createVerdicts({ ...deps, settler: createSettler(deps) })
  const stopping = new AbortController()
  const underWay = new Set<Promise<unknown>>()

  const leaseFor = (ms: number): LookLease => ({
    owner: newUuid(),
    until: new Date(now().getTime() + ms + LEASE_MARGIN_MS),
  })

  function track<T>(work: Promise<T>): Promise<T> {
    const settled = work.catch(() => undefined)
    underWay.add(settled)
    void settled.finally(() => underWay.delete(settled))
    return work
  }

  async function lookFor(claimed: Claimed, { deadline, ...sentFor }: LookFor): Promise<LookOutcome> {
    const lookedAt = now()
    try {
      const sight = await look(claimed.entry, { deadline, ...sentFor })
      if (sight) return await verdicts.give(claimed, sight, { lookedAt, sentFor })
      await verdicts.letGo(claimed, { told: false, hint: CANNOT_LOOK })
    } catch (err) {
      const isTheirs = err instanceof ProviderError
      if (!isTheirs) logger.error({ operation_id: claimed.entry.id, err }, 'a look failed')
      const askedToWaitMs = (isTheirs ? err.facts.retryAfterMs : undefined) ?? 0
      await verdicts.letGo(claimed, { told: false, askedToWaitMs })
    }
    return 'unreadable'
  }

  async function lookOnce(claimed: Claimed, sentFor: SentFor, ms: number): Promise<void> {
    const deadline = createDeadline(ms, stopping.signal)
    const { provider, operation, id } = claimed.entry
    try {
      const outcome = await lookFor(claimed, { ...sentFor, deadline })
      deps.onLook({ provider, operation, outcome })
      if (outcome === 'found' || outcome === 'absent')
        logger.info({ provider, operation, operation_id: id, outcome }, 'an unknown outcome is known')
    } finally {
      deadline.dispose()
    }
  }

  async function lookAtDue(provider: ProviderId): Promise<number> {
    for (let looked = 0; looked < AT_ONCE; looked += 1) {
      const lease = leaseFor(UNHURRIED_MS)
      const entry = stopping.signal.aborted ? null : await claimDue(database.sql, provider, lease, now())
      if (!entry) return looked
      const sentFor = { requestId: `look_${lease.owner}` }
      await lookOnce({ entry, owner: lease.owner }, sentFor, UNHURRIED_MS)
    }
    return AT_ONCE
  }

  async function lookNow(entry: Entry, sentFor: SentFor): Promise<void> {
    if (stateAt(entry, now()) !== 'unknown') return
    if (entry.state === 'sending') await journal.giveUp(entry)
    const lease = leaseFor(deps.timeoutMs)
    const claimed = await claimNow(database.sql, entry.id, lease, now())
    if (claimed) await lookOnce({ entry: claimed, owner: lease.owner }, sentFor, deps.timeoutMs)
  }

  async function shows(entry: Entry, providerId: string, sentFor: SentFor): Promise<boolean> {
    const deadline = createDeadline(deps.timeoutMs, stopping.signal)
    try {
      const sight = await look(entry, { ...sentFor, deadline })
      if (sight?.seen === 'it') return sight.providerIds.includes(providerId)
      return sight?.seen === 'doubt' && (sight.likely ?? []).includes(providerId)
    } finally {
      deadline.dispose()
    }
  }

  return {
    shows: (entry, providerId, sentFor) => track(shows(entry, providerId, sentFor)),
    lookAtDue: provider => track(lookAtDue(provider)),
    lookAt: async (entries, sentFor) =>
      void (await track(Promise.all(entries.map(entry => lookNow(entry, sentFor))))),
    close: async () => {
      stopping.abort()
      await Promise.all(underWay)
    },
  }
}
