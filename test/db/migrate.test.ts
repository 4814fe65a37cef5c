import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { MigrationError, migrate, pendingMigrations } from '#db/migrate'
import { createEmptyDatabase, type TestDatabase } from '#test/database'
import { PATIENCE } from '#test/patience'

const PROGRAM = fileURLToPath(new URL('migrate-child.ts', import.meta.url))

let folder: string
let server: TestDatabase
let database: Database

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'billbridge-migrations-'))
  await add('1_letters', "CREATE TABLE letters (letter TEXT); INSERT INTO letters VALUES ('a');")
  await add(
    '2_more',
    `INSERT INTO letters VALUES ('b'); DO $$ BEGIN INSERT INTO letters VALUES ('c;'); END $$;`,
  )
  server = await createEmptyDatabase()
  database = createDatabase({ connectionString: server.url })
})

afterEach(async () => {
  await database.close()
  await server.drop()
  await rm(folder, { recursive: true })
})

async function add(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, name, 'migration.sql'), sql)
}

async function letters(): Promise<string[]> {
  const { rows } = await database.sql.query<{ letter: string }>('SELECT letter FROM letters ORDER BY letter')
  return rows.map(row => row.letter)
}

test('applies in order what the database lacks, and nothing twice', async () => {
  expect(await pendingMigrations(database.sql, folder)).toEqual(['1_letters', '2_more'])
  expect(await migrate(server.url, folder)).toEqual(['1_letters', '2_more'])
  expect(await pendingMigrations(database.sql, folder)).toEqual([])
  expect(await migrate(server.url, folder)).toEqual([])
  expect(await letters()).toEqual(['a', 'b', 'c;'])

  await add('3_last', `INSERT INTO letters VALUES ('d')`)
  expect(await migrate(server.url, folder)).toEqual(['3_last'])
})

test('is applied once when four processes start together', async () => {
  const start = () => promisify(execFile)(process.execPath, [PROGRAM, server.url, folder])
  const results = await Promise.all([start(), start(), start(), start()])
  expect(results.map(result => result.stdout).sort()).toEqual(['', '', '', '1_letters\n2_more\n'])
  expect(await letters()).toEqual(['a', 'b', 'c;'])
})

test('undoes a migration that fails, keeps the ones before it, and goes on once it is put right', async () => {
  await add('3_wrong', 'CREATE TABLE half (id INT);\nINSERT INTO nowhere VALUES (1);')
  await expect(migrate(server.url, folder)).rejects.toEqual(
    new MigrationError('Migration 3_wrong failed and was rolled back: relation "nowhere" does not exist'),
  )
  const { rows } = await database.sql.query(`SELECT to_regclass('half') AS half`)
  expect(rows).toEqual([{ half: null }])
  expect(await pendingMigrations(database.sql, folder)).toEqual(['3_wrong'])

  await add('3_wrong', 'CREATE TABLE half (id INT)')
  expect(await migrate(server.url, folder)).toEqual(['3_wrong'])
})

test('refuses a migration that was edited after it was applied', async () => {
  await migrate(server.url, folder)
  await add('1_letters', 'CREATE TABLE letters (letter TEXT NOT NULL)')
  const message = 'Migration 1_letters was edited after it was applied.'
  await expect(migrate(server.url, folder)).rejects.toEqual(new MigrationError(message))
  await expect(pendingMigrations(database.sql, folder)).rejects.toEqual(new MigrationError(message))
})

test('refuses a database that is newer than the program', async () => {
  await migrate(server.url, folder)
  await rm(join(folder, '2_more'), { recursive: true })
  await expect(migrate(server.url, folder)).rejects.toEqual(
    new MigrationError('The database is newer than this program: it has migration 2_more.'),
  )
})

test('refuses a database in which another tool recorded a failure', async () => {
  await migrate(server.url, folder)
  await database.sql.query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_more'`)
  await expect(migrate(server.url, folder)).rejects.toEqual(
    new MigrationError('Migration 2_more is recorded as failed: resolve it first.'),
  )
})

test('makes tables in which every instant has a zone', async () => {
  await cp('prisma/migrations', folder, { recursive: true })
  await rm(join(folder, '1_letters'), { recursive: true })
  await rm(join(folder, '2_more'), { recursive: true })
  await migrate(server.url, folder)
  const { rows } = await database.sql.query(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'`,
  )
  expect(rows).toEqual([])
})

test('gives way to whoever holds what it needs, and is applied once they are done', async () => {
  await migrate(server.url, folder)
  await add('3_column', 'ALTER TABLE letters ADD COLUMN next TEXT;')
  const { promise: over, resolve } = Promise.withResolvers<void>()
  onTestFinished(() => resolve())
  const { promise: held, resolve: hold } = Promise.withResolvers<void>()
  const holding = database.transaction(async tx => {
    await tx.query('SELECT letter FROM letters')
    hold()
    await over
  })
  await held
  const migrated = migrate(server.url, folder)
  const waiting = `SELECT 1 FROM pg_locks WHERE relation = 'letters'::regclass AND NOT granted`
  const waits = async () => (await database.sql.query(waiting)).rowCount
  await expect.poll(waits, PATIENCE).toBe(1)
  await expect.poll(waits, PATIENCE).toBe(0)
  resolve()
  await holding
  expect(await migrated).toEqual(['3_column'])
})
