import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { listMappings } from '#mappings/store'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { pagesRead } from '#test/statement-costs'

// Two accounts, the second with a few rows among the many of the first; one provider and one kind of object are rare.
const FILL = `
  INSERT INTO mappings (id, account_id, mode, resource_prefix, resource_id, connection_id, provider, provider_resource,
    provider_id, created_at)
  SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
    CASE WHEN n % 4000 = 9 THEN '00000000-0000-7000-8000-00000000000b' ELSE '00000000-0000-7000-8000-00000000000a' END::uuid,
    'test', 'order', ('00000000-0000-7000-9000-' || lpad(to_hex(n / 4), 12, '0'))::uuid,
    '00000000-0000-7000-8000-00000000000c', CASE WHEN n % 5000 = 3 THEN 'housr' ELSE 'homebox' END,
    CASE WHEN n % 5000 = 4 THEN 'branch' ELSE 'order' END, n::text, now()
  FROM generate_series(1, 20000) AS n`

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await createTestDatabase()
  database = createDatabase({ connectionString: server.url })
  await database.sql.query(FILL)
  await database.sql.query('ANALYZE mappings')
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

const scopes = ['a', 'b'].map(account => ({
  accountId: `00000000-0000-7000-8000-00000000000${account}`,
  mode: 'test' as const,
}))
const providers = [null, 'homebox', 'housr', 'mybeezbox'] as const
const filters = providers.flatMap(provider =>
  [null, 'order', 'branch', 'tenant'].flatMap(providerResource =>
    [null, '777', 'none'].flatMap(providerId =>
      [null, '00000000-0000-7000-9000-000000000abc'].map(resourceUuid => ({
        provider,
        providerResource,
        providerId,
        resourceUuid,
      })),
    ),
  ),
)
/** A kind of object that is asked for alone is looked for among all. */
const indexed = filters.filter(({ provider, providerResource, providerId, resourceUuid }) =>
  Boolean(provider ?? providerId ?? resourceUuid ?? !providerResource),
)

test.each(['force_custom_plan', 'force_generic_plan'] as const)(
  'whatever is filtered, a page is read from an index range of its own (%s)',
  async planned => {
    const dear = []
    for (const scope of scopes) {
      for (const filter of indexed) {
        const page = { limit: 25, after: null }
        const pages = await pagesRead(database, planned, sql => listMappings(sql, scope, filter, page))
        if (pages > 60) dear.push({ ...filter, pages })
      }
    }
    expect(dear).toEqual([])
  },
)
