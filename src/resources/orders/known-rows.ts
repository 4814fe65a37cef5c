import { z } from 'zod'
import type { KnownRow } from '#resources/orders/tenants/compare-lists'

/** What a person or an invitation is read with beside its own fields. */
export const knownColumns = {
  id: z.string(),
  updated_at: z.date(),
  deleted_at: z.date().nullable(),
  erased_at: z.date().nullable(),
  provider_id: z.string().nullable(),
  mapped_at: z.date().nullable(),
  confirmed: z.boolean(),
}
const Columns = z.object(knownColumns)

/** A person or an invitation of an order, taken off it or not. */
export interface KnownPerson extends KnownRow {
  readonly updatedAt: Date
  /** Their data was erased and must not be filled in again. */
  readonly erased: boolean
}

export function toKnown(row: z.output<typeof Columns>): KnownPerson {
  return {
    uuid: row.id,
    providerId: row.provider_id,
    mappedAt: row.mapped_at,
    confirmed: row.confirmed,
    deletedAt: row.deleted_at,
    updatedAt: row.updated_at,
    erased: row.erased_at !== null,
  }
}
