import { z } from 'zod'
import type { Sql } from '#db/tx'
import type { Connection } from '#providers/call-context'

const Row = z.object({ settings: z.looseObject({ partner_uuid: z.uuid().nullish().catch(null) }) })

/** The partner that a connection is paid to unless a request names one; null where none is set. */
export async function partnerUuidOf(sql: Sql, { id }: Pick<Connection, 'id'>): Promise<string | null> {
  const { rows } = await sql.query('SELECT settings FROM connections WHERE id = $1', [id])
  return rows.length === 0 ? null : (Row.parse(rows[0]).settings.partner_uuid ?? null)
}
