import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { isDatabaseUnavailable, isWriteConflict, sqlState } from '#db/postgres-errors'
import { type Connection, takeConnection } from '#db/statements'
import type { Tx } from '#db/tx'

const ATTEMPTS = 4
const PAUSE_MS = 20

/** Runs again, up to three times, what Postgres gave up for another transaction: it left no trace. */
export async function untilNoConflict<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (err) {
      if (attempt === ATTEMPTS || !isWriteConflict(err)) throw err
    }
    await delay(Math.random() * PAUSE_MS * attempt)
  }
}

/** See `Database.transaction`. */
export async function runTransaction<T>(
  pool: pg.Pool,
  nameOf: (text: string) => string | null,
  work: (tx: Tx) => T | Promise<T>,
): Promise<T> {
  return await untilNoConflict(() => runOnce(pool, nameOf, work))
}

/** What a value must be so that pg cannot fail to put it on the wire. */
function isWireable(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isWireable)
  if (value === null || typeof value !== 'object') return !['function', 'symbol'].includes(typeof value)
  return value instanceof Date || value instanceof Uint8Array
}

/** One transaction on its connection, and which of its statements failed first. */
function openTransaction(connection: Connection) {
  let open = true
  let failure: { readonly err: unknown } | null = null
  const noteFailure = (err: unknown) => {
    failure ??= { err }
  }
  const demandOpen = () => {
    // The connection may serve somebody else by now.
    if (!open) throw new Error('this transaction is over')
  }
  const tx: Tx = {
    inTransaction: true,
    async query<Row extends object>(text: string, values?: readonly unknown[]) {
      demandOpen()
      try {
        return await connection.query<Row>(text, values)
      } catch (err) {
        noteFailure(err)
        throw err
      }
    },
    write(text, values = [], explain = err => err) {
      demandOpen()
      // It would be noticed after the commit was sent, which would then keep all the rest.
      if (!isWireable(values)) throw new TypeError('a value cannot be put on the wire')
      connection.query(text, values).catch((err: unknown) => noteFailure(explain(err)))
    },
  }
  return {
    tx,
    close: () => {
      open = false
    },
    demandNoFailure: () => {
      if (failure) throw failure.err
    },
    causeOf: (err: unknown) => (failure && isOfDatabase(err) ? failure.err : err),
  }
}

/**
 * Whether an error is a statement's, and so of no account behind the first that failed: Postgres refuses the statement,
 * or no longer knows it by the name under which one refused before was to prepare it.
 */
function isOfDatabase(err: unknown): boolean {
  return sqlState(err) !== null || isDatabaseUnavailable(err)
}

async function runOnce<T>(
  pool: pg.Pool,
  nameOf: (text: string) => string | null,
  work: (tx: Tx) => T | Promise<T>,
): Promise<T> {
  const connection = await takeConnection(pool, nameOf)
  const { tx, close, demandNoFailure, causeOf } = openTransaction(connection)
  try {
    tx.write('BEGIN')
    const result = await work(tx)
    close()
    await connection.query('COMMIT')
    // After one that nobody waited for, or was caught and forgotten, Postgres answers COMMIT by rolling back, without an
    // error; and where it was BEGIN that failed, without even that.
    demandNoFailure()
    return result
  } catch (err) {
    close()
    await connection.query('ROLLBACK').catch(() => undefined)
    throw causeOf(err)
  } finally {
    connection.release()
  }
}
