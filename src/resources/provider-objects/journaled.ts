import { z } from 'zod'
import { hasHappened } from '#journal/entry'
import type { Journaled } from '#journal/journaled'
import { madeBy } from '#journal/made-by'
import { insertMapping } from '#mappings/store'
import { nameProviderObject } from '#resources/provider-objects/store'

/** Stands for our id of the operation in what a provider is told to call its object. */
export const OPERATION_ID = '{operation_id}'

const Input = z.record(z.string(), z.unknown())
const Made = z.object({ id: z.string() })

/** What is done to objects that live at a provider alone: the operation itself is what we have of them. */
export const operationJournaled: Journaled = {
  table: null,

  /** An operation that is sent again goes under another reference. */
  complete: (_sql, entry, input) => {
    const fields = Object.entries(Input.parse(input))
    const filled = fields.map(([name, value]) => [name, value === OPERATION_ID ? entry.reference : value])
    return Promise.resolve(Object.fromEntries(filled))
  },

  idsOf: (_entry, value) => {
    const made = Made.safeParse(value)
    return made.success ? [made.data.id] : []
  },

  /** What it made is mapped to it, so that no other operation is taken to have made the same. */
  settled: async (tx, entry, _value, at) => {
    const [providerId = null] = hasHappened(entry) ? entry.providerIds : []
    nameProviderObject(tx, entry, providerId)
    const providerResource = madeBy(entry.operation)
    if (providerId === null || providerResource === null) return
    const { resource, connectionId, provider } = entry
    insertMapping(tx, entry, { resource, connectionId, provider, providerResource, providerId, at })
  },

  keepsNoPayload: true,
}
