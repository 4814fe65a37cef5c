import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { createDatabase, type Database } from '#db/client'

let created: TestDatabase
let database: Database
beforeAll(async () => {
  created = await createTestDatabase()
  database = createDatabase({ connectionString: created.url })
})
afterAll(async () => {
  await database.close()
  await created.drop()
})

const handbook = readFileSync('docs/operations.md', 'utf8')
const section = /^## People's data$(.*?)^## /ms.exec(handbook)?.[1] ?? ''

/** The tables that the handbook speaks of: the first column. */
const told = [...section.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`(\w+)`/g)].map(([, table = '']) => table),
)

test('the handbook says of every table what is in it about people, once', async () => {
  const { rows } = await database.sql.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  )
  expect(told.toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
})

test('no column of sealed or personal values is added unseen', async () => {
  const { rows } = await database.sql.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public'
       AND table_name <> '_prisma_migrations' AND (data_type = 'bytea' OR column_name ~ 'name$|email|phone|birth|nationality|billing_address')`,
  )
  expect(rows.map(({ name }) => name).toSorted()).toEqual([
    'accounts.name',
    'accounts.vault_check',
    'api_keys.hash',
    'api_keys.name',
    'branches.name',
    'connections.credentials',
    'connections.name',
    'idempotency_records.body',
    'idempotency_records.fingerprint',
    'invites.erased_phone',
    'invites.first_name',
    'invites.last_name',
    'invites.phone',
    'leads.managing_party_name',
    'operations.input',
    'operations.target',
    'provider_payloads.body',
    'tenants.billing_address',
    'tenants.date_of_birth',
    'tenants.email',
    'tenants.erased_email',
    'tenants.erased_phone',
    'tenants.first_name',
    'tenants.last_name',
    'tenants.nationality',
    'tenants.phone',
    'webhooks.previous_secret',
    'webhooks.secret',
  ])
})
