import type { Tx } from '#db/tx'
import { type Entry, hasHappened } from '#journal/entry'
import type { Journaled } from '#journal/journaled'
import { resourcesOf } from '#mappings/lookups'
import { insertMapping } from '#mappings/store'
import { wasNeverDone, wasRuledOut } from '#resources/orders/tenants/outcome'
import { AnsweredProperty } from '#resources/properties/answered-property'
import { type NamedHouse, placeHouse, recordProperty } from '#resources/properties/record-property'
import {
  deleteUnplaced,
  findPropertyRow,
  insertUnplaced,
  type PropertyRow,
  updateProperty,
} from '#resources/properties/store'

/** The house that a person says was made, under the provider's id where they know it. */
async function houseTold(tx: Tx, entry: Entry, draft: NamedHouse, at: Date): Promise<string> {
  const { accountId, connectionId, provider } = entry
  const [providerId] = entry.providerIds
  if (providerId === undefined) return placeHouse(tx, entry, draft, at)
  const providerResource = 'property'
  const known = await resourcesOf(tx, { accountId, connectionId, providerResource }, [providerId])
  const uuid = known.get(providerId) ?? (await placeHouse(tx, entry, draft, at))
  const resource = { prefix: 'property' as const, uuid }
  insertMapping(tx, entry, { resource, connectionId, provider, providerResource, providerId, at })
  return uuid
}

/** The house that was made at the provider, as far as anybody knows which one that is. */
async function houseMade(
  tx: Tx,
  entry: Entry,
  value: unknown,
  draft: NamedHouse,
  at: Date,
): Promise<PropertyRow> {
  if (value !== undefined)
    return recordProperty(tx, entry, AnsweredProperty.parse(value), { ...entry, at }, draft)
  const row = await findPropertyRow(tx, entry, await houseTold(tx, entry, draft, at))
  if (!row) throw new TypeError('a house that was written down is gone')
  return row
}

/**
 * Which house an address means is certain only now. It takes over what the customer said of it, and goes by the id that
 * they were given as well.
 */
async function place(tx: Tx, entry: Entry, value: unknown, at: Date): Promise<void> {
  const draft = await findPropertyRow(tx, entry, entry.resource.uuid)
  if (!draft) throw new TypeError('an operation names a house that does not exist')
  deleteUnplaced(tx, entry, draft.id)
  const known = await houseMade(tx, entry, value, draft, at)
  updateProperty(tx, entry, {
    ...known,
    property_reference: draft.property_reference ?? known.property_reference,
    branch_id: draft.branch_id ?? known.branch_id,
    metadata: { ...known.metadata, ...draft.metadata },
  })
  if (known.id !== draft.id) insertUnplaced(tx, entry, { ...draft, sameAs: known.id, at })
}

export const propertyJournaled: Journaled = {
  table: 'properties',
  complete: (_sql, _entry, input) => Promise.resolve(input),
  idsOf: (_entry, value) => [AnsweredProperty.parse(value).id],

  async settled(tx, entry, value, at) {
    const { uuid } = entry.resource
    if (wasNeverDone(entry) || wasRuledOut(entry)) return deleteUnplaced(tx, entry, uuid)
    if (hasHappened(entry)) await place(tx, entry, value, at)
  },
}
