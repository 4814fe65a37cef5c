import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { listEventRows } from '#resources/events/store'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { pagesRead } from '#test/statement-costs'

// Two accounts, the second with a few rows among the many of the first; every type but one is rare.
const FILL = `
  INSERT INTO events (id, account_id, mode, type, resource_prefix, resource_id, seq, data, created_at)
  SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
    CASE WHEN n % 4000 = 9 THEN '00000000-0000-7000-8000-00000000000b' ELSE '00000000-0000-7000-8000-00000000000a' END::uuid,
    'test', CASE WHEN n % 5000 = 3 THEN 'lead.failed' ELSE 'quote.completed' END, 'quote',
    ('00000000-0000-7000-9000-' || lpad(to_hex(n / 4), 12, '0'))::uuid, 1 + n % 4,
    jsonb_build_object('filler', repeat('x', 100)), now()
  FROM generate_series(1, 20000) AS n`

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await createTestDatabase()
  database = createDatabase({ connectionString: server.url })
  await database.sql.query(FILL)
  await database.sql.query('ANALYZE events')
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

const scopes = ['a', 'b'].map(account => ({
  accountId: `00000000-0000-7000-8000-00000000000${account}`,
  mode: 'test' as const,
}))
const types = [null, 'quote.completed', 'lead.failed', 'order.created'] as const
const filters = types.flatMap(type =>
  [null, '00000000-0000-7000-9000-000000000abc'].map(resourceUuid => ({ type, resourceUuid })),
)

test.each(['force_custom_plan', 'force_generic_plan'] as const)(
  'whatever is filtered, a page is read from an index range of its own (%s)',
  async planned => {
    const dear = []
    for (const scope of scopes) {
      for (const filter of filters) {
        const page = { limit: 25, after: null }
        const pages = await pagesRead(database, planned, sql => listEventRows(sql, scope, filter, page))
        if (pages > 60) dear.push({ ...filter, pages })
      }
    }
    expect(dear).toEqual([])
  },
)
