import { z } from 'zod'
import type { Sql } from '#db/tx'

const TAKEN = `
  SELECT DISTINCT provider_id FROM mappings
  WHERE connection_id = $1 AND provider_resource = $2 AND provider_id = ANY($3::text[]) AND NOT resource_id = ANY($4::uuid[])`

const Rows = z.array(z.object({ provider_id: z.string() }))

/**
 * Those of a provider's objects that are something else than `ours` (UUIDs) already. Asked across accounts: a connection
 * that is lent shows the objects of all who use it.
 */
export async function takenAmong(
  sql: Sql,
  {
    connectionId,
    kind,
    ids,
    ours,
  }: {
    connectionId: string
    /** The provider's kind of object, as the mappings call it. */
    kind: string
    ids: readonly string[]
    ours: readonly string[]
  },
): Promise<Set<string>> {
  const { rows } = await sql.query(TAKEN, [connectionId, kind, ids, ours])
  return new Set(Rows.parse(rows).map(row => row.provider_id))
}
