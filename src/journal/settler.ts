import { lockRow } from '#db/lock-row'
import type { Tx } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Entry } from '#journal/entry'
import { announce } from '#journal/events'
import { type JournaledResources, journaledOf } from '#journal/journaled'
import { LeaseLost } from '#journal/lease-lost'
import { endByProof } from '#journal/look-store'
import type { Found } from '#journal/lookup'
import { crashed, provenAbsent, type Sent, settlementOf } from '#journal/settlement'
import { type Lease, resolveEntry, settleEntry, startAgain } from '#journal/store'
import { keepPayload } from '#payloads/provider-payloads'
import { sealedProviders } from '#providers/registry'
import type { RunResult } from '#providers/run'

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

/** How a person finds out what became of an operation, where the gateway cannot. */
function howToFindOut({ provider, operation }: Entry): string | null {
  return sealedProviders[provider].findOut?.[operation] ?? null
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
    if (journaled.table) lockRow(tx, journaled.table, entry, entry.resource.uuid)
    const changed = await write()
    if (!changed) return null
    await journaled.settled(tx, changed, value, now())
    announce(tx, entry, changed, now())
    return changed
  }

  function keepPayloadOf(tx: Tx, entry: Entry, payload: RunResult<unknown>['payload']): void {
    const { provider, resource, ...scope } = entry
    if (payload && !journaledOf(resources, entry).keepsNoPayload)
      keepPayload(tx, vault, scope, resource, { provider, payload })
  }

  return {
    /** Throws LeaseLost when the operation is not this process's to settle any more. */
    async settle(tx: Tx, entry: Entry, sent: Sent): Promise<Entry> {
      const value = sent.ok ? sent.run.value : undefined
      const providerIds = sent.ok ? journaledOf(resources, entry).idsOf(entry, value) : []
      const settlement = settlementOf(sent, { providerIds, hint: howToFindOut(entry), now: now() })
      keepPayloadOf(tx, entry, sent.ok ? sent.run.payload : null)
      const settled = await change(tx, entry, () => settleEntry(tx, entry, settlement), value)
      if (!settled) throw new LeaseLost('the operation was taken over')
      return settled
    },

    /** Ends an operation whose sender died: nobody knows what became of it. */
    giveUp: (tx: Tx, entry: Entry) =>
      change(tx, entry, () => settleEntry(tx, entry, crashed(howToFindOut(entry), now()))),

    /** Ends an unknown operation that a look has found to be done; null when it is not this look's to end any more. */
    async found(tx: Tx, entry: Entry, owner: string, found: Found): Promise<Entry | null> {
      const { providerIds, value, payload = null, hint = null } = found
      const proof = { state: 'succeeded', providerIds, error: null, hint, wipeAt: null, now: now() } as const
      const settled = await change(tx, entry, () => endByProof(tx, entry, owner, proof), value)
      if (settled) keepPayloadOf(tx, entry, payload)
      return settled
    },

    /** The same for one that was proven not to be done. */
    absent: (tx: Tx, entry: Entry, owner: string) =>
      change(tx, entry, () =>
        endByProof(tx, entry, owner, { ...provenAbsent(entry.error, now()), hint: null }),
      ),

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
