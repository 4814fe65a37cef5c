import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import type { Sql } from '#db/tx'
import { dueConnections, takeWatch } from '#mappings/watches'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { pagesRead } from '#test/statement-costs'

const ROWS = 30_000
// Eighteen as a rule: a row put elsewhere is entered in every index anew, which may split a page. A scan reads hundreds.
const MOST = 40
const CONNECTION = '01939e7f-0000-7000-8000-000000000001'
const now = new Date('2026-11-21T12:00:00.000Z')

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await createTestDatabase()
  database = createDatabase({ connectionString: server.url })
  const { sql } = database
  await sql.query(
    `INSERT INTO connections (id, account_id, mode, provider, source, name, base_url, fingerprint, active_key, created_at, updated_at)
     VALUES ($1, gen_random_uuid(), 'test', 'homebox', 'environment', 'a', 'http://127.0.0.1', 'a', 'a', $2, $2)`,
    [CONNECTION, now],
  )
  // A third is overdue, a third is due later, a third sleeps.
  await sql.query(
    `INSERT INTO watches (id, account_id, mode, kind, resource_id, connection_id, provider, next_at, created_at)
     SELECT gen_random_uuid(), gen_random_uuid(), 'test', 'order', gen_random_uuid(), $1, 'homebox',
       CASE n % 3 WHEN 0 THEN $2::timestamptz - n * interval '1 second' WHEN 1 THEN $2::timestamptz + n * interval '1 second' END, $2
     FROM generate_series(1, ${ROWS}) AS n`,
    [CONNECTION, now],
  )
  await sql.query('ANALYZE watches')
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

const until = new Date(now.getTime() + 60_000)

test.each([
  ['which connections something is due through', (sql: Sql) => dueConnections(sql, now)],
  ['what has been due for the longest', (sql: Sql) => takeWatch(sql, CONNECTION, { now, until })],
] as const)('a few pages tell %s, however much is watched', async (_what, read) => {
  for (const planned of ['force_custom_plan', 'force_generic_plan'] as const)
    expect(await pagesRead(database, planned, read), planned).toBeLessThanOrEqual(MOST)
})
