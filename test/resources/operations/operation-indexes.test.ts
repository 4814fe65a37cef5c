import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { listEntries } from '#resources/operations/store'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { pagesRead } from '#test/statement-costs'

// Two accounts, the second with a few rows among the many of the first; of each state, provider and operation but the
// common ones a few rows, spread far apart.
const FILL = `
  INSERT INTO operations (id, account_id, mode, connection_id, provider, operation, resource_prefix, resource_id, seq,
    state, reconcile, provider_ids, attempts, fence, created_at, lease_until)
  SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
    CASE WHEN n % 4000 = 9 THEN '00000000-0000-7000-8000-00000000000b' ELSE '00000000-0000-7000-8000-00000000000a' END::uuid,
    'test', '00000000-0000-7000-8000-00000000000c',
    CASE WHEN n % 5000 = 1 THEN 'housr' ELSE 'homebox' END,
    CASE WHEN n % 5000 = 2 THEN 'mandates.update' ELSE 'orders.create' END,
    'order', ('00000000-0000-7000-9000-' || lpad(to_hex(n / 4), 12, '0'))::uuid, 1 + n % 4,
    CASE WHEN n % 5000 = 3 THEN 'unknown' WHEN n % 5000 < 6 AND n % 5000 > 3 THEN 'sending' WHEN n % 2000 = 7 THEN 'refused' ELSE 'succeeded' END,
    'by_person', '[]', 1, 1, now(), CASE WHEN n % 5000 = 4 THEN '2026-01-01' WHEN n % 5000 = 5 THEN '2027-01-01' END::timestamptz
  FROM generate_series(1, 20000) AS n`

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await createTestDatabase()
  database = createDatabase({ connectionString: server.url })
  await database.sql.query(FILL)
  await database.sql.query('ANALYZE operations')
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

const many = { accountId: '00000000-0000-7000-8000-00000000000a', mode: 'test' as const }
const few = { ...many, accountId: '00000000-0000-7000-8000-00000000000b' }
const now = new Date('2026-11-21T12:00:00.000Z')

const states = [null, 'unknown', 'sending', 'refused', 'succeeded', 'planned'] as const
const providers = [null, 'homebox', 'housr', 'mybeezbox'] as const
const operations = [null, 'orders.create', 'mandates.update', 'invites.create']
const resources = [null, '00000000-0000-7000-9000-000000000abc']
const filters = states.flatMap(state =>
  providers.flatMap(provider =>
    operations.flatMap(operation =>
      resources.map(resourceUuid => ({ state, provider, operation, resourceUuid })),
    ),
  ),
)

/** The filters that read more pages than a page of rows and the way to it can lie on. */
async function dear(planned: 'force_custom_plan' | 'force_generic_plan', scope: typeof many) {
  const found = []
  for (const filter of filters) {
    const page = { limit: 25, after: null }
    const pages = await pagesRead(database, planned, sql => listEntries(sql, scope, { filter, page, now }))
    if (pages > 60) found.push({ ...filter, pages })
  }
  return found
}

test('the table is large enough for a wrong way to show', async () => {
  const { rows } = await database.sql.query("SELECT pg_relation_size('operations') / 8192 AS pages")
  expect(rows).toEqual([{ pages: expect.toSatisfy((pages: number) => pages > 400) }])
})

test.each(['force_custom_plan', 'force_generic_plan'] as const)(
  'whatever is filtered, a page is read from an index range of its own (%s)',
  async planned => {
    expect(await dear(planned, many)).toEqual([])
    expect(await dear(planned, few)).toEqual([])
  },
)
