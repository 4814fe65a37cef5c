import { z } from 'zod'
import type { Sql } from '#db/tx'
import type { Caller } from '#http/caller'

type Scope = Pick<Caller, 'accountId' | 'mode'>

const BASE = `
  SELECT $3::uuid AS id
  UNION SELECT $4::uuid WHERE $4 IS NOT NULL
  UNION SELECT id FROM leads WHERE account_id = $1 AND mode = $2 AND quote_id = $4
  UNION SELECT id FROM tenants WHERE account_id = $1 AND mode = $2 AND order_id = $3
  UNION SELECT id FROM invites WHERE account_id = $1 AND mode = $2 AND order_id = $3`

// What leaves nothing with us has the order for its subject; the other condition is that of the index for it.
const OPERATIONS = `
  SELECT id FROM operations WHERE account_id = $1 AND mode = $2 AND resource_id = ANY($3::uuid[])
  UNION SELECT id FROM operations
  WHERE account_id = $1 AND mode = $2 AND resource_prefix = 'operation' AND subject_id = $4`

const Ids = z.array(z.object({ id: z.string() })).transform(rows => rows.map(({ id }) => id))

/** What an order came from and what came of it, by our UUIDs. */
export interface Family {
  readonly orderUuid: string
  readonly quoteUuid: string | null
  /** The two, and leads, payers and invites. */
  readonly resources: readonly string[]
  readonly operations: readonly string[]
}

export async function familyOf(
  sql: Sql,
  { accountId, mode }: Scope,
  { orderUuid, quoteUuid }: Pick<Family, 'orderUuid' | 'quoteUuid'>,
): Promise<Family> {
  const base = await sql.query(BASE, [accountId, mode, orderUuid, quoteUuid])
  const resources = Ids.parse(base.rows)
  const sent = await sql.query(OPERATIONS, [accountId, mode, resources, orderUuid])
  return { orderUuid, quoteUuid, resources, operations: Ids.parse(sent.rows) }
}
