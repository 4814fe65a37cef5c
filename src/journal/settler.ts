import type { Tx } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Entry } from '#journal/entry'
import { announce } from '#journal/events'
import { type JournaledResources, journaledOf } from '#journal/journaled'
import { LeaseLost } from '#journal/lease-lost'
import { crashed, type Sent, settlementOf } from '#journal/settlement'
import { type Lease, resolveEntry, settleEntry, startAgain } from '#journal/store'
import { keepPayload } from '#payloads/provider-payloads'

/** What a person found out about an operation whose outcome was unknown. */
export interface Finding {
  readonly resolution: NonNullable<Entry['resolution']>
  /** The provider's ids of what came into being, as far as the person knows them. */
  readonly providerIds: readonly string[]
}

export interface SettlerDeps {
  readonly vault: Vault
  readonly resources: JournaledResources
  readonly now: () => Date
}

/** Writes outcomes, with everything that follows from one, into the caller's commit. */
export function createSettler({ vault, resources, now }: SettlerDeps) {
  /** Null when somebody else was quicker: then nothing was written. */
  async function change(
    tx: Tx,
    entry: Entry,
    write: () => Promise<Entry | null>,
    value?: unknown,
  ): Promise<Entry | null> {
    const journaled = journaledOf(resources, entry)
    const [, changed] = await Promise.all([journaled.lock(tx, entry), write()])
    if (!changed) return null
    await journaled.settled(tx, changed, value, now())
    await announce(tx, entry, changed, now())
    return changed
  }

  async function keepPayloadOf(tx: Tx, { provider, resource, ...scope }: Entry, sent: Sent): Promise<void> {
    const payload = sent.ok ? sent.run.payload : null
    if (payload) await keepPayload(tx, vault, scope, resource, { provider, payload })
  }

  return {
    /** Throws LeaseLost when the operation is not this process's to settle any more. */
    async settle(tx: Tx, entry: Entry, sent: Sent): Promise<Entry> {
      const value = sent.ok ? sent.run.value : undefined
      const ids = sent.ok ? journaledOf(resources, entry).idsOf(entry, value) : []
      const write = () => settleEntry(tx, entry, settlementOf(sent, ids, now()))
      const [settled] = await Promise.all([change(tx, entry, write, value), keepPayloadOf(tx, entry, sent)])
      if (!settled) throw new LeaseLost('the operation was taken over')
      return settled
    },

    /** Ends an operation whose sender died: nobody knows what became of it. */
    giveUp: (tx: Tx, entry: Entry) => change(tx, entry, () => settleEntry(tx, entry, crashed(now()))),

    resolve: (tx: Tx, entry: Entry, { resolution, providerIds }: Finding) =>
      change(tx, entry, () => resolveEntry(tx, entry, { providerIds, resolution, now: now() })),

    /** Marks an operation that a person found not to have happened as being sent again. */
    resend: (
      tx: Tx,
      entry: Entry,
      as: { lease: Lease; reference: string | null; resolution: Entry['resolution'] },
    ) =>
      change(tx, entry, async () =>
        entry.state === 'unknown' ? startAgain(tx, entry, { ...as, input: null, now: now() }) : null,
      ),
  }
}
export type Settler = ReturnType<typeof createSettler>
