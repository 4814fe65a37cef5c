import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { isWriteConflict, sqlState } from '#db/postgres-errors'
import { type Connection, takeConnection } from '#db/statements'
import type { Tx } from '#db/tx'

const ATTEMPTS = 4
const PAUSE_MS = 20

/** See `Database.transaction`. */
export async function runTransaction<T>(
  pool: pg.Pool,
  nameOf: (text: string) => string | null,
  work: (tx: Tx) => T | Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(pool, nameOf, work)
    } catch (err) {
      if (attempt === ATTEMPTS || !isWriteConflict(err)) throw err
    }
    await delay(Math.random() * PAUSE_MS * attempt)
  }
}

/** What a value must be so that pg cannot fail to put it on the wire. */
function isWireable(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isWireable)
  if (value === null || typeof value !== 'object') return !['function', 'symbol'].includes(typeof value)
  return value instanceof Date || value instanceof Uint8Array
}

/** One transaction on its connection, and what failed first among the statements that nobody waits for. */
function openTransaction(connection: Connection) {
  let open = true
  let failure: { readonly err: unknown } | null = null
  const demandOpen = () => {
    // The connection may serve somebody else by now.
    if (!open) throw new Error('this transaction is over')
  }
  const tx: Tx = {
    inTransaction: true,
    async query<Row extends object>(text: string, values?: readonly unknown[]) {
      demandOpen()
      return await connection.query<Row>(text, values)
    },
    write(text, values = [], explain = err => err) {
      demandOpen()
      // It would be noticed after the commit was sent, which would then keep all the rest.
      if (!isWireable(values)) throw new TypeError('a value cannot be put on the wire')
      connection.query(text, values).catch((err: unknown) => {
        failure ??= { err: explain(err) }
      })
    },
  }
  return {
    tx,
    close: () => {
      open = false
    },
    hasFailed: () => failure !== null,
    causeOf: (err: unknown) => (failure && isConsequence(err) ? failure.err : err),
  }
}

const ROLLED_BACK = 'a statement failed in the transaction, so all of it was rolled back'

/** Whether an error only says that a statement before it has failed. */
function isConsequence(err: unknown): boolean {
  return sqlState(err) === '25P02' || (err instanceof Error && err.message === ROLLED_BACK)
}

async function runOnce<T>(
  pool: pg.Pool,
  nameOf: (text: string) => string | null,
  work: (tx: Tx) => T | Promise<T>,
): Promise<T> {
  const connection = await takeConnection(pool, nameOf)
  const { tx, close, hasFailed, causeOf } = openTransaction(connection)
  try {
    tx.write('BEGIN')
    const result = await work(tx)
    close()
    // When a failed statement was caught and forgotten, Postgres answers COMMIT by rolling back, without an error.
    const { command } = await connection.query('COMMIT')
    // Where it was BEGIN that failed, there was nothing to roll back.
    if (command !== 'COMMIT' || hasFailed()) throw new Error(ROLLED_BACK)
    return result
  } catch (err) {
    close()
    await connection.query('ROLLBACK').catch(() => undefined)
    throw causeOf(err)
  } finally {
    connection.release()
  }
}
