import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { isLockTimeout, isWriteConflict } from '#db/postgres-errors'
import type { Sql } from '#db/tx'

/** The database cannot be brought up to date: no connection, a history that does not fit, a failure. One line. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

interface HistoryRow {
  readonly migration_name: string
  readonly checksum: string
  readonly finished_at: Date | null
}

const ATTEMPTS = 60
const PAUSE_MS = 250

/** The advisory lock and the table of Prisma's own engine, so that either tool may follow the other. */
const LOCK = 72707369
const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

/**
 * Applies the migrations that the database lacks, in order, each in a transaction of its own, and returns their
 * names. Safe when several processes start at once: one applies, the others wait and find nothing to do. (Needs a
 * direct connection or a session pool: a session lock means nothing through a transaction pooler.)
 *
 * @param directory folder of `<name>/migration.sql`
 * @throws MigrationError when one fails (it is rolled back), was edited after it was applied, is recorded as failed
 *   by another tool, when the database is newer than this program, or when it cannot be connected to
 */
export async function migrate(connectionString: string, directory: string): Promise<string[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined) // a lost connection fails the running query as well
  await client.connect().catch((cause: unknown) => {
    throw new MigrationError(`The database cannot be used: ${reasonOf(cause)}`, { cause })
  })
  try {
    await takeTurn(client)
    await client.query(HISTORY)
    const pending = await compare(client, directory)
    for (const migration of pending) await apply(client, migration)
    return pending.map(migration => migration.name)
  } finally {
    await client.end() // gives the lock back
  }
}

/** Of a name that was tried at several addresses, what the first of them said. */
function reasonOf(cause: unknown): string {
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause
  return first instanceof Error ? first.message.replaceAll(/\s+/g, ' ') : String(first)
}

async function takeTurn(client: pg.Client): Promise<void> {
  await client.query(`SET statement_timeout = 0; SET lock_timeout = '5min'`)
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]).catch((cause: unknown) => {
    if (!isLockTimeout(cause)) throw cause
    throw new MigrationError('Another process has been applying migrations for five minutes.', { cause })
  })
  // While a change of schema waits for a transaction, traffic queues up behind it. And whoever has waited for a second
  // (`deadlock_timeout`) is the one that a deadlock ends: let that be no request. See `apply`.
  await client.query(`SET lock_timeout = '500ms'`)
}

/** Names of the migrations that `migrate` would apply. @throws MigrationError as `migrate` does */
export async function pendingMigrations(sql: Sql, directory: string): Promise<string[]> {
  const table = await sql.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  )
  const pending =
    table.rows[0]?.found === true ? await compare(sql, directory) : await readMigrations(directory)
  return pending.map(migration => migration.name)
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  return await Promise.all(
    names.sort().map(async name => {
      const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function compare(sql: Pick<Sql, 'query'>, directory: string): Promise<Migration[]> {
  const migrations = await readMigrations(directory)
  const { rows } = await sql.query<HistoryRow>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at',
  )
  for (const row of rows) {
    if (row.finished_at === null)
      throw new MigrationError(`Migration ${row.migration_name} is recorded as failed: resolve it first.`)
    const ours = migrations.find(migration => migration.name === row.migration_name)
    if (ours === undefined)
      throw new MigrationError(
        `The database is newer than this program: it has migration ${row.migration_name}.`,
      )
    if (ours.checksum !== row.checksum)
      throw new MigrationError(`Migration ${row.migration_name} was edited after it was applied.`)
  }
  const applied = new Set(rows.map(row => row.migration_name))
  return migrations.filter(migration => !applied.has(migration.name))
}

/** Tried again and again while requests of the version before stand in its way: it gives way, not they. */
async function apply(client: pg.Client, migration: Migration): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await applyOnce(client, migration)
      return
    } catch (err) {
      const cause = err instanceof MigrationError ? err.cause : null
      if (attempt === ATTEMPTS || !(isLockTimeout(cause) || isWriteConflict(cause))) throw err
    }
    await delay(PAUSE_MS * (1 + Math.random()))
  }
}

async function applyOnce(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw new MigrationError(`Migration ${name} failed and was rolled back: ${reasonOf(cause)}`, { cause })
  }
}
