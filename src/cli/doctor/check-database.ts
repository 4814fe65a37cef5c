import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkEncryptionKey } from '#cli/doctor/check-encryption-key'
import { failed, type Finding, note, ok } from '#cli/doctor/finding'
import { reasonOf } from '#cli/explain-failure'
import { embeddedDirectory, openLocalDatabase } from '#cli/local-database'
import type { Config } from '#config'
import { createDatabase } from '#db/client'
import { EmbeddedDatabaseError } from '#db/embedded-error'
import { MigrationError, pendingMigrations } from '#db/migrate'
import { migrationsDirectory } from '#db/migrations-directory'
import type { Sql } from '#db/tx'

const OLDEST = 150_000

const WHERE = {
  configured: 'at DATABASE_URL',
  started: 'embedded, started to look at it',
  running: 'embedded, run by another process',
} as const

async function checkVersion(sql: Sql, where: string): Promise<Finding> {
  const { rows } = await sql.query<{ version: string; number: number }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`,
  )
  const { version = '', number = 0 } = rows[0] ?? {}
  const found = `Postgres ${version} ${where}`
  return number >= OLDEST ? ok('database', found) : failed('database', found, 'Use Postgres 15 or later.')
}

async function checkMigrations(sql: Sql): Promise<Finding> {
  try {
    const pending = await pendingMigrations(sql, migrationsDirectory)
    if (pending.length === 0) return ok('migrations', 'all applied')
    const advice = 'The next start applies them; so does billbridge migrate.'
    return note('migrations', `${pending.length} to be applied: ${pending.join(', ')}`, advice)
  } catch (err) {
    if (!(err instanceof MigrationError)) throw err
    return failed('migrations', err.message, 'Run the version of Billbridge that this database belongs to.')
  }
}

async function look(config: Config): Promise<Finding[]> {
  await using local = await openLocalDatabase(config)
  const database = createDatabase({ connectionString: local.url, max: 2 })
  try {
    return [
      await checkVersion(database.sql, WHERE[local.source]),
      await checkMigrations(database.sql),
      await checkEncryptionKey(config, database.sql),
    ]
  } finally {
    await database.close()
  }
}

/** The database, what it lacks, and whether it can be decrypted. Changes nothing in it. */
export async function checkDatabase(config: Config): Promise<Finding[]> {
  if (config.databaseUrl === null && !existsSync(join(embeddedDirectory(config), 'postgres')))
    return [note('database', 'embedded, made at the first start')]
  try {
    return await look(config)
  } catch (err) {
    const advice =
      err instanceof EmbeddedDatabaseError
        ? 'Mend that, or set DATABASE_URL.'
        : 'Check DATABASE_URL, that the server runs, and that it lets this machine and user in.'
    return [failed('database', reasonOf(err), advice)]
  }
}
