import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { isWriteConflict } from '#db/postgres-errors'
import { takeConnection } from '#db/statements'
import type { Tx } from '#db/tx'

const ATTEMPTS = 4
const PAUSE_MS = 20

/** See `Database.transaction`. */
export async function runTransaction<T>(
  pool: pg.Pool,
  nameOf: (text: string) => string | null,
  work: (tx: Tx) => Promise<T>,
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

async function runOnce<T>(
  pool: pg.Pool,
  nameOf: (text: string) => string | null,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const connection = await takeConnection(pool, nameOf)
  let open = true
  const tx: Tx = {
    inTransaction: true,
    async query<Row extends object>(text: string, values?: readonly unknown[]) {
      // The connection may serve somebody else by now.
      if (!open) throw new Error('this transaction is over')
      return await connection.query<Row>(text, values)
    },
  }
  const perform = async (begun: Promise<unknown>) => {
    try {
      const result = await work(tx)
      await begun
      return result
    } finally {
      open = false
    }
  }
  try {
    // Not waited for: what the work sends follows it on the same connection.
    const begun = connection.query('BEGIN')
    begun.catch(() => undefined)
    const result = await perform(begun).catch(async (err: unknown) => {
      await connection.query('ROLLBACK').catch(() => undefined)
      throw err
    })
    // When a failed statement was caught and forgotten, Postgres answers COMMIT by rolling back, without an error.
    const { command } = await connection.query('COMMIT')
    if (command !== 'COMMIT')
      throw new Error('a statement failed in the transaction, so all of it was rolled back')
    return result
  } finally {
    connection.release()
  }
}
