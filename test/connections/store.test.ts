import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureGivenConnection } from '#connections/store'
import { createDatabase, type Database } from '#db/client'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { newUuid } from '#values/ids'

const NOW = new Date('2026-08-01T09:00:00Z')
const given = {
  provider: 'homebox',
  source: 'environment',
  baseUrl: 'https://sandbox.billingbetter.co.uk',
  credentials: { token: 'c4n4ry' },
} as const

let server: TestDatabase
let database: Database

beforeAll(async () => {
  server = await createTestDatabase()
  database = createDatabase({ connectionString: server.url })
})

afterAll(async () => {
  await database.close()
  await server.drop()
})

function ensure(accountId: string, different: Partial<Parameters<typeof ensureGivenConnection>[1]> = {}) {
  const row = { accountId, mode: 'test', given, fingerprint: 'f1', now: NOW, ...different } as const
  return database.transaction(tx => ensureGivenConnection(tx, row))
}

async function rowsOf(accountId: string) {
  const text =
    'SELECT connections::text AS whole, base_url, fingerprint FROM connections WHERE account_id = $1'
  return (await database.sql.query<Record<string, string>>(text, [accountId])).rows
}

describe('a connection from the environment', () => {
  test('is a row that keeps its id when address and credentials change', async () => {
    const account = newUuid()
    const first = await ensure(account)
    const moved = { ...given, baseUrl: 'http://127.0.0.1:1' }
    const second = await ensure(account, { given: moved, fingerprint: 'f2' })
    expect(second).toEqual({ ...first, baseUrl: moved.baseUrl, fingerprint: 'f2' })
    expect(await rowsOf(account)).toMatchObject([{ base_url: moved.baseUrl, fingerprint: 'f2' }])
  })

  test('keeps its credentials out of the database', async () => {
    const account = newUuid()
    expect((await ensure(account)).credentials).toEqual(given.credentials)
    expect(JSON.stringify(await rowsOf(account))).not.toContain('c4n4ry')
  })

  test('is another one in the other mode, and as a simulator', async () => {
    const account = newUuid()
    const simulated = { ...given, source: 'simulator' } as const
    const made = [
      await ensure(account),
      await ensure(account, { mode: 'live' }),
      await ensure(account, { given: simulated }),
    ]
    expect(new Set(made.map(({ id }) => id)).size).toBe(3)
    expect(made.map(({ mode, source }) => `${mode} ${source}`)).toEqual([
      'test environment',
      'live environment',
      'test simulator',
    ])
  })

  test('is one row however many processes start at once', async () => {
    const account = newUuid()
    const made = await Promise.all(Array.from({ length: 5 }, () => ensure(account)))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect(await rowsOf(account)).toHaveLength(1)
  })
})
