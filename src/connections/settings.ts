import { z } from 'zod'
import type { Sql } from '#db/tx'
import type { Connection } from '#providers/call-context'
import { currencies } from '#values/money'

/** What a connection is used with; what is not set, or cannot be read, is as it is for everybody. */
export const StoredSettings = z
  .looseObject({
    partner_uuid: z.uuid().nullish().catch(null),
    currency: z.enum(currencies).nullish().catch(null),
  })
  .transform(({ partner_uuid, currency }) => ({
    partner_uuid: partner_uuid ?? null,
    currency: currency ?? 'EUR',
  }))
export type StoredSettings = z.output<typeof StoredSettings>

const Row = z.object({ settings: StoredSettings })

/** The partner that a connection is paid to unless a request names one, and the currency that it settles in. */
export async function settingsOf(sql: Sql, { id }: Pick<Connection, 'id'>): Promise<StoredSettings> {
  const { rows } = await sql.query('SELECT settings FROM connections WHERE id = $1', [id])
  return rows.length === 0 ? StoredSettings.parse({}) : Row.parse(rows[0]).settings
}
