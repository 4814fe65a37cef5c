import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database, type DatabaseOptions } from '#db/client'
import { isDatabaseUnavailable, isLockTimeout, isUniqueViolation } from '#db/postgres-errors'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { PATIENCE } from '#test/patience'

let server: TestDatabase
let opened: Database[]

beforeAll(async () => {
  server = await createTestDatabase()
  opened = []
})

afterEach(async () => {
  for (const database of opened.splice(0)) await database.close()
})

afterAll(() => server.drop())

function open(options: Partial<DatabaseOptions> = {}): Database {
  const database = createDatabase({ connectionString: server.url, max: 2, ...options })
  opened.push(database)
  return database
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => {
      throw new Error('it did not fail')
    },
    (err: unknown) => err,
  )
}

async function backendOf({ sql }: Pick<Database, 'sql'>): Promise<number | undefined> {
  return (await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid
}

/** Two hours of one night with the same clock time in New York, and a summer's millisecond. */
const INSTANTS = ['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z', '2026-07-01T23:59:59.999Z']

test.each(INSTANTS)('keeps the instant %s exactly, through SQL and Prisma alike', async instant => {
  const database = open()
  const { sql } = database
  const prisma = await database.prisma()
  const name = server.url.split('/').at(-1)?.split('?')[0]
  await sql.query(`ALTER DATABASE ${name} SET timezone = 'America/New_York'`)
  const later = open()
  const { sql: afterwards } = later
  const prismaAfterwards = await later.prisma()
  const [bySql, byPrisma] = [randomUUID(), randomUUID()]
  const created_at = new Date(instant)
  await afterwards.query('INSERT INTO accounts (id, name, created_at) VALUES ($1, $2, $3)', [
    bySql,
    'a',
    created_at,
  ])
  await prismaAfterwards.account.create({ data: { id: byPrisma, name: 'b', created_at } })

  const read = `SELECT created_at, created_at = $2::timestamptz AS same FROM accounts WHERE id = $1`
  for (const id of [bySql, byPrisma]) {
    expect((await sql.query(read, [id, instant])).rows).toEqual([{ created_at, same: true }])
    expect((await prisma.account.findUniqueOrThrow({ where: { id } })).created_at).toEqual(created_at)
  }
})

test('stays in UTC when the connection string has options of its own', async () => {
  const url = new URL(server.url)
  url.searchParams.set('options', '-c search_path=public -c TimeZone=Asia/Tokyo')
  const { sql } = open({ connectionString: url.href })
  const { rows } = await sql.query(
    `SELECT current_setting('TimeZone') AS zone, current_setting('search_path') AS path`,
  )
  expect(rows).toEqual([{ zone: 'UTC', path: 'public' }])
})

test('reads dates as written and counts as numbers, but no number that would not be exact', async () => {
  const { sql } = open()
  const { rows } = await sql.query(
    `SELECT DATE '2026-03-29' AS day, count(*) AS many, 9007199254740991 AS most`,
  )
  expect(rows).toEqual([{ day: '2026-03-29', many: 1, most: 9_007_199_254_740_991 }])
  await expect(sql.query('SELECT 9007199254740993 AS more')).rejects.toThrow('9007199254740993 is not exact')
})

test('prepares a statement once per connection', async () => {
  const { sql } = open({ max: 1 })
  for (const name of ['a', 'b', 'c']) await sql.query('SELECT id FROM accounts WHERE name = $1', [name])
  const { rows } = await sql.query(
    `SELECT generic_plans + custom_plans AS runs FROM pg_prepared_statements WHERE statement LIKE 'SELECT id FROM accounts%'`,
  )
  expect(rows).toEqual([{ runs: 3 }])
})

test('does not prepare statements without end', async () => {
  const { sql } = open({ max: 1 })
  for (let number = 0; number < 310; number += 1) await sql.query(`SELECT ${number} AS number`)
  const { rows } = await sql.query('SELECT count(*) AS many FROM pg_prepared_statements')
  expect(rows).toEqual([{ many: 300 }])
})

test('recovers from a column that changed its type under a prepared statement', async () => {
  const { sql } = open({ max: 1 })
  await sql.query('CREATE TABLE changing AS SELECT 1::int AS value')
  await sql.query('SELECT value FROM changing')
  await open().sql.query('ALTER TABLE changing ALTER value TYPE text')
  await failureOf(sql.query('SELECT value FROM changing'))
  expect((await sql.query('SELECT value FROM changing')).rows).toEqual([{ value: '1' }])
})

test('lets a caller wait only so long for a connection, then goes on', async () => {
  const database = open({ max: 1, connectTimeoutMs: 100 })
  const prisma = await database.prisma()
  await database.transaction(async tx => {
    const failures = await Promise.all([
      failureOf(database.sql.query('SELECT 1')),
      failureOf(database.transaction(async () => undefined)),
      failureOf(prisma.account.findFirst()),
      failureOf(database.ping()),
    ])
    expect(failures.map(isDatabaseUnavailable)).toEqual([true, true, true, true])
    await tx.query('SELECT 1')
  })
  await database.ping()
  expect(database.stats()).toEqual({ total: 1, idle: 1, waiting: 0 })
})

test('ends a statement that takes too long, and keeps the connection', async () => {
  const database = open({ max: 1, statementTimeoutMs: 50 })
  const before = await backendOf(database)
  expect(isDatabaseUnavailable(await failureOf(database.sql.query('SELECT pg_sleep(10)')))).toBe(true)
  expect(await backendOf(database)).toBe(before)
  const prisma = await database.prisma()
  const byPrisma = prisma.$queryRaw`SELECT pg_sleep(10)::text`
  expect(isDatabaseUnavailable(await failureOf(byPrisma))).toBe(true)
})

test('does not wait long for what another transaction holds', async () => {
  const database = open({ lockTimeoutMs: 50 })
  const id = randomUUID()
  await database.sql.query('INSERT INTO accounts (id, name, created_at) VALUES ($1, $2, now())', [id, 'held'])
  const take = 'SELECT id FROM accounts WHERE id = $1 FOR UPDATE'
  await database.transaction(async tx => {
    await tx.query(take, [id])
    expect(isLockTimeout(await failureOf(database.sql.query(take, [id])))).toBe(true)
  })
})

test('keeps its connection over a refused row', async () => {
  const database = open({ max: 1 })
  const before = await backendOf(database)
  const insert = 'INSERT INTO accounts (id, name, created_at) VALUES ($1, $2, now())'
  const id = randomUUID()
  await database.sql.query(insert, [id, 'first'])
  expect(isUniqueViolation(await failureOf(database.sql.query(insert, [id, 'second'])))).toBe(true)
  expect(await backendOf(database)).toBe(before)
})

test('replaces a connection that broke while it was idle', async () => {
  const errors: Error[] = []
  const database = open({ max: 1, onError: err => errors.push(err) })
  const broken = await backendOf(database)
  await open().sql.query('SELECT pg_terminate_backend($1)', [broken])
  await expect.poll(() => errors[0], PATIENCE).toMatchObject({ code: '57P01' })
  expect(await backendOf(database)).not.toBe(broken)
})

test('closes once, however often it is asked to', async () => {
  const database = open()
  await database.ping()
  await Promise.all([database.close(), database.close()])
  expect(database.stats()).toEqual({ total: 0, idle: 0, waiting: 0 })
  expect(isDatabaseUnavailable(await failureOf(database.ping()))).toBe(true)
})

test('does not repeat a connection string that it cannot read', () => {
  expect(() => createDatabase({ connectionString: 'secret' })).toThrow(
    new TypeError('the connection string of the database is not a URL'),
  )
})
