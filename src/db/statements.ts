import pg from 'pg'
import type { Sql } from '#db/tx'

/** So many callers may wait for a connection, each of them for a bounded time; one more is turned away at once. */
const WAITING_AT_MOST = 1_000

/** Above this the texts are taken to be made up at run time, and keeping them would only cost the server memory. */
const NAMED_AT_MOST = 300

/**
 * Gives a statement the name under which each connection keeps it prepared; measured, a small query then costs the
 * server a third of the time. Null when it is not worth a name.
 */
export function createStatementNames(prefix: string): (text: string) => string | null {
  const names = new Map<string, string>()
  return text => {
    const known = names.get(text)
    if (known !== undefined) return known
    if (names.size >= NAMED_AT_MOST) return null
    const name = `${prefix}${names.size}`
    names.set(text, name)
    return name
  }
}

/** One connection taken from the pool. Give it back with `release`. */
export interface Connection extends Sql {
  /** Back into the pool, or out of it when an answer is outstanding or there is nobody left to give one. */
  release(): void
}

export async function takeConnection(
  pool: pg.Pool,
  nameOf: (text: string) => string | null,
): Promise<Connection> {
  if (pool.waitingCount >= WAITING_AT_MOST) throw new Error('too many callers wait for a connection')
  const client = await pool.connect()
  let broken = false
  return {
    async query<Row extends object>(text: string, values: readonly unknown[] = []) {
      if (broken) throw new Error('Connection terminated by an earlier failure')
      const name = nameOf(text)
      const config = { text, values: [...values], ...(name === null ? {} : { name }) }
      try {
        const { rows, rowCount } = await client.query<Row & pg.QueryResultRow>(config)
        return { rows, rowCount: rowCount ?? 0 }
      } catch (err) {
        broken ||= losesConnection(err)
        throw err
      }
    },
    release: () => client.release(broken),
  }
}

/** What it prepared is of no use any more: somebody changed a table's column under it, or discarded it. */
const STALE_STATEMENT = new Set(['0A000', '26000'])

function losesConnection(err: unknown): boolean {
  if (!(err instanceof pg.DatabaseError)) return true
  return err.severity !== 'ERROR' || STALE_STATEMENT.has(err.code ?? '')
}

const { DATE, INT8 } = pg.types.builtins

/** A date stays what it says, not midnight in some zone; a count is a number. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (format !== 'binary' && oid === DATE) return (value: string) => value
    if (format !== 'binary' && oid === INT8) return parseInteger
    return pg.types.getTypeParser(oid, format)
  },
}

function parseInteger(value: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is not exact as a number`)
  return number
}
