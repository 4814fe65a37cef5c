import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { findPerson } from '#resources/people/find-person'
import { sealedRows } from '#resources/people/sealed-rows'
import { createVault } from '#db/vault'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { pagesRead } from '#test/statement-costs'

const ROWS = 20_000
const id = (n: string, group: number) =>
  `('00000000-0000-7000-${group}000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const ACCOUNT = '00000000-0000-7000-8000-00000000000a'

const FILL_TENANTS = `
  INSERT INTO tenants (id, account_id, mode, order_id, position, email, created_at, updated_at)
  SELECT ${id('n', 8)}, '${ACCOUNT}', 'test', ${id('n', 9)}, 0, 'Person' || n || '@example.com', now(), now()
  FROM generate_series(1, ${ROWS}) AS n`

// All but a few are settled, with nothing left of what was sent.
const FILL_OPERATIONS = `
  INSERT INTO operations (id, account_id, mode, connection_id, provider, operation, resource_prefix, resource_id, seq, state,
    reconcile, input, provider_ids, created_at, wipe_at)
  SELECT ${id('n', 8)}, '${ACCOUNT}', 'test', ${id('1', 8)}, 'homebox', 'tenants.create', 'tenant', ${id('n', 8)}, 1,
    CASE n % 5000 WHEN 1 THEN 'unknown' WHEN 2 THEN 'refused' WHEN 3 THEN 'planned' ELSE 'succeeded' END, 'by_scan',
    CASE WHEN n % 5000 IN (1, 2, 3) THEN '\\x01'::bytea END, '[]', now(),
    CASE WHEN n % 5000 IN (1, 2) THEN now() END
  FROM generate_series(1, ${ROWS}) AS n`

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await createTestDatabase()
  database = createDatabase({ connectionString: server.url })
  for (const text of [FILL_TENANTS, FILL_OPERATIONS, 'ANALYZE tenants', 'ANALYZE operations'])
    await database.sql.query(text)
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

const scope = { accountId: ACCOUNT, mode: 'test' as const }
const vault = createVault([Buffer.alloc(32, 1)])
const nobody = { email: '', tenants: [], invites: [], people: [], orders: [], leads: [] }
const plans = ['force_custom_plan', 'force_generic_plan'] as const

test.each(plans)('a person is found among many without reading them (%s)', async planned => {
  const found: number[] = []
  const pages = await pagesRead(database, planned, async sql => {
    found.push((await findPerson(sql, vault, scope, 'PERSON1234@example.com')).tenants.length)
  })
  expect(found).toContain(1)
  expect(pages).toBeLessThan(60)
})

test.each(plans)(
  'pending inputs are found among many operations without reading those (%s)',
  async planned => {
    const found: number[] = []
    const pages = await pagesRead(database, planned, async sql => {
      for await (const rows of sealedRows(sql, scope, 'operation_input', nobody)) found.push(rows.length)
    })
    expect(found).toContain(12)
    expect(pages).toBeLessThan(100)
  },
)
