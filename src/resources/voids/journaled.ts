import { z } from 'zod'
import type { Tx } from '#db/tx'
import { type Entry, hasHappened } from '#journal/entry'
import type { Journaled } from '#journal/journaled'
import { insertMapping } from '#mappings/store'
import { wasNeverDone, wasRuledOut } from '#resources/orders/tenants/outcome'
import { AnsweredProperty } from '#resources/properties/answered-property'
import { placeHouse, recordProperty } from '#resources/properties/record-property'
import { deleteVoid, insertVoidTenancy, lockVoidRow, updateVoid, type VoidRow } from '#resources/voids/store'
import { newUuid } from '#values/ids'

const Answered = z.object({
  id: z.string(),
  property_id: z.string().nullable(),
  property: AnsweredProperty.nullable(),
})
type Answered = z.output<typeof Answered>

/** The house of a void: as the customer named it, else as its provider tells it; null where nobody does. */
async function houseOf(
  tx: Tx,
  entry: Entry,
  row: VoidRow,
  found: Answered | null,
  at: Date,
): Promise<string | null> {
  const { connectionId, provider } = entry
  const { property_reference, branch_id, address } = row
  const named = address && { id: newUuid(), address, property_reference, branch_id, metadata: {} }
  if (row.property_id === null) {
    if (!found?.property) return named && placeHouse(tx, entry, named, at)
    // The answer's `property.id` may contradict its `property_id`, which is the one to go by.
    const property = { ...found.property, id: found.property_id ?? found.property.id }
    return (await recordProperty(tx, entry, property, { connectionId, provider, at }, named ?? undefined)).id
  }
  const providerId = found?.property_id
  const resource = { prefix: 'property' as const, uuid: row.property_id }
  if (providerId)
    insertMapping(tx, entry, {
      resource,
      connectionId,
      provider,
      providerResource: 'property',
      providerId,
      at,
    })
  return row.property_id
}

/** A void is a tenancy of its house: both go by the provider's one id. */
async function create(tx: Tx, entry: Entry, row: VoidRow, value: unknown, at: Date): Promise<void> {
  const found = value === undefined ? null : Answered.parse(value)
  const property_id = await houseOf(tx, entry, row, found, at)
  const tenancy_id = property_id && newUuid()
  const { start_date, end_date } = row
  if (tenancy_id) insertVoidTenancy(tx, entry, { id: tenancy_id, property_id, start_date, end_date, at })
  updateVoid(tx, entry, row.id, { status: 'created', property_id, tenancy_id, updated_at: at })
  const { connectionId, provider, providerIds } = entry
  for (const providerId of providerIds) {
    const through = { connectionId, provider, providerId, at }
    const resource = { prefix: 'void' as const, uuid: row.id }
    insertMapping(tx, entry, { ...through, resource, providerResource: 'void' })
    const tenancy = { prefix: 'tenancy' as const, uuid: tenancy_id ?? '' }
    if (tenancy_id) insertMapping(tx, entry, { ...through, resource: tenancy, providerResource: 'tenancy' })
  }
}

export const voidJournaled: Journaled = {
  table: 'voids',
  complete: (_sql, _entry, input) => Promise.resolve(input),
  idsOf: (_entry, value) => [Answered.parse(value).id],

  async settled(tx, entry, value, at) {
    const row = await lockVoidRow(tx, entry, entry.resource.uuid)
    if (!row) return
    if (wasNeverDone(entry) || wasRuledOut(entry)) return deleteVoid(tx, entry, row.id)
    if (hasHappened(entry)) return create(tx, entry, row, value, at)
    updateVoid(tx, entry, row.id, {
      ...row,
      status: entry.state === 'unknown' ? 'unknown' : 'submitting',
      updated_at: at,
    })
  },
}
