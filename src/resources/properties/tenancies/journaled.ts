import { z } from 'zod'
import { hasHappened } from '#journal/entry'
import type { Journaled } from '#journal/journaled'
import { setTenancyDates } from '#resources/properties/tenancies/store'

const Read = z.object({ start_date: z.string(), end_date: z.string().nullable() })

/** New dates are stored with the answer to them; those that were looked up after it was lost are stored here. */
export const tenancyJournaled: Journaled = {
  table: 'tenancies',
  complete: (_sql, _entry, input) => Promise.resolve(input),
  idsOf: () => [],

  async settled(tx, entry, value, at) {
    const read = Read.safeParse(value)
    if (read.success && hasHappened(entry))
      setTenancyDates(tx, entry, entry.resource.uuid, { ...read.data, at })
  },
}
