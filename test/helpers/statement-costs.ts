import pg from 'pg'
import type { Database } from '#db/client'
import type { Sql } from '#db/tx'

/** A statement as it was sent. */
interface Sent {
  readonly text: string
  readonly values: readonly unknown[]
}

/** The statements that `work` sends. */
async function sentBy(sql: Sql, work: (sql: Sql) => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = []
  await work({
    query: (text, values = []) => {
      sent.push({ text, values })
      return sql.query(text, values)
    },
  })
  return sent
}

/** Of uuids, or of bytes. */
function itemOf(value: unknown): string {
  return value instanceof Uint8Array ? `"\\\\x${Buffer.from(value).toString('hex')}"` : `"${String(value)}"`
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map(itemOf).join(',')}}`)
  return pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value))
}

type Buffers = Readonly<Record<string, number>>
interface Explained {
  readonly Plan: Buffers
  readonly Serialization?: Buffers
}

const SERIALIZES = "SELECT 1 WHERE current_setting('server_version_num')::int >= 170000"

function blocks(buffers: Buffers = {}): number {
  return (buffers['Shared Hit Blocks'] ?? 0) + (buffers['Shared Read Blocks'] ?? 0)
}

/**
 * The pages that the one statement of `work` reads, planned with its values in sight or, as Postgres does once a
 * prepared statement was used a few times, without.
 */
export async function pagesRead(
  { sql, transaction }: Database,
  planned: 'force_custom_plan' | 'force_generic_plan',
  work: (sql: Sql) => Promise<unknown>,
): Promise<number> {
  const [statement] = await sentBy(sql, work)
  if (!statement) throw new Error('nothing was sent')
  return transaction(async tx => {
    await tx.query(`SET LOCAL plan_cache_mode = ${planned}`)
    await tx.query(`PREPARE examined AS ${statement.text}`)
    const values = statement.values.map(literal).join(', ')
    // A large value that lies outside its row is only read when it is sent.
    const sending = (await tx.query(SERIALIZES)).rowCount > 0 ? ', SERIALIZE' : ''
    const { rows } = await tx.query<{ 'QUERY PLAN': [Explained] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON${sending}) EXECUTE examined(${values})`,
    )
    await tx.query('DEALLOCATE examined')
    const explained = rows[0]?.['QUERY PLAN'][0]
    return blocks(explained?.Plan) + blocks(explained?.Serialization)
  })
}
