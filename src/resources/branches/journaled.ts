import { z } from 'zod'
import { appearance } from '#contract/branches'
import type { Tx } from '#db/tx'
import { type Entry, hasHappened } from '#journal/entry'
import type { Journaled } from '#journal/journaled'
import { insertMapping } from '#mappings/store'
import { recordAppearance } from '#resources/branches/record-branch'
import { deleteBranch } from '#resources/branches/store'
import { wasNeverDone, wasRuledOut } from '#resources/orders/tenants/outcome'

const Created = z.object({ id: z.string() })
const Changed = z.object(appearance)

function settleCreation(tx: Tx, entry: Entry, at: Date): void {
  const { resource, connectionId, provider } = entry
  if (wasNeverDone(entry) || wasRuledOut(entry)) deleteBranch(tx, entry, resource.uuid)
  if (!hasHappened(entry)) return
  for (const providerId of entry.providerIds)
    insertMapping(tx, entry, {
      resource,
      connectionId,
      provider,
      providerResource: 'branch',
      providerId,
      at,
    })
}

export const branchJournaled: Journaled = {
  table: 'branches',
  complete: (_sql, _entry, input) => Promise.resolve(input),
  idsOf: (entry, value) => (entry.operation === 'branches.create' ? [Created.parse(value).id] : []),

  async settled(tx, entry, value, at) {
    if (entry.operation === 'branches.create') return settleCreation(tx, entry, at)
    if (value !== undefined && hasHappened(entry))
      await recordAppearance(tx, entry, entry.resource.uuid, { seen: Changed.parse(value), at })
  },
}
