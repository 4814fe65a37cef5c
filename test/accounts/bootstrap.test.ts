import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashApiKey, makeApiKey } from '#accounts/api-key'
import { ensureBootstrap } from '#accounts/bootstrap'
import { ConfigError } from '#config'
import type { Mode } from '#contract/vocabulary'
import { createDatabase, type Database } from '#db/client'
import { createVault } from '#db/vault'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { newUuid } from '#values/ids'

const NOW = new Date('2026-08-01T09:00:00Z')
const [firstSecret, secondSecret] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]

let server: TestDatabase
let database: Database

beforeEach(async () => {
  server = await createTestDatabase()
  database = createDatabase({ connectionString: server.url })
})

afterEach(async () => {
  await database.close()
  await server.drop()
})

function start(
  given: { mode?: Mode; apiKey?: string | null; secrets?: readonly Buffer[] } = {},
  where: Database = database,
) {
  const { mode = 'test', apiKey = null, secrets = [firstSecret] } = given
  const vault = createVault(secrets)
  return where.transaction(tx => ensureBootstrap(tx, { mode, apiKey, vault, now: NOW }))
}

async function validKeys(): Promise<Buffer[]> {
  const { rows } = await database.sql.query<{ hash: Buffer }>(
    'SELECT hash FROM api_keys WHERE revoked_at IS NULL ORDER BY id',
  )
  return rows.map(row => row.hash)
}

describe('the first start', () => {
  test('makes one account and a key that is shown once and kept as a hash', async () => {
    const { accountId, madeKey } = await start()
    expect(madeKey).toMatch(/^bb_test_[A-Za-z0-9]{43}$/)
    expect(await validKeys()).toEqual([hashApiKey(madeKey ?? '')])
    expect(await start()).toEqual({ accountId, madeKey: null })
  })

  test('in several processes at once makes one account and one key', async () => {
    const processes = Array.from({ length: 6 }, () =>
      createDatabase({ connectionString: server.url, max: 1 }),
    )
    const started = await Promise.all(processes.map(process => start({}, process)))
    await Promise.all(processes.map(process => process.close()))
    expect(new Set(started.map(({ accountId }) => accountId)).size).toBe(1)
    expect(started.filter(({ madeKey }) => madeKey !== null)).toHaveLength(1)
    expect(await validKeys()).toHaveLength(1)
  })

  test('gives the key every right', async () => {
    await start()
    const { rows } = await database.sql.query('SELECT mode, scopes, expires_at, source FROM api_keys')
    expect(rows).toEqual([{ mode: 'test', scopes: ['admin', 'platform'], expires_at: null, source: 'made' }])
  })
})

describe('a key from the environment', () => {
  const [one, other] = [makeApiKey('test'), makeApiKey('test')]

  test('is used in place of a made one, and never stored in clear', async () => {
    expect((await start({ apiKey: one })).madeKey).toBeNull()
    expect(await validKeys()).toEqual([hashApiKey(one)])
    const { rows } = await database.sql.query('SELECT api_keys::text AS whole FROM api_keys')
    expect(JSON.stringify(rows)).not.toContain(one.slice(12, -4))
  })

  test('replaces the one before it, which is revoked at that moment', async () => {
    await start({ apiKey: one })
    await start({ apiKey: other })
    expect(await validKeys()).toEqual([hashApiKey(other)])
    const { rows } = await database.sql.query('SELECT revoked_at FROM api_keys WHERE hash = $1', [
      hashApiKey(one),
    ])
    expect(rows).toEqual([{ revoked_at: NOW }])
  })

  test('replaces a made one, also by giving that very key', async () => {
    const { madeKey } = await start()
    await start({ apiKey: madeKey })
    expect(await validKeys()).toEqual([hashApiKey(madeKey ?? '')])
    await start({ apiKey: other })
    expect(await validKeys()).toEqual([hashApiKey(other)])
  })

  test('that comes back is valid again', async () => {
    for (const apiKey of [one, other, one]) await start({ apiKey })
    expect(await validKeys()).toEqual([hashApiKey(one)])
  })

  test('that is taken out of the environment is revoked, and a new one made', async () => {
    await start({ apiKey: one })
    const { madeKey } = await start()
    expect(await validKeys()).toEqual([hashApiKey(madeKey ?? '')])
  })

  test('leaves the keys of the other mode alone', async () => {
    const live = makeApiKey('live')
    await start({ apiKey: one })
    await start({ mode: 'live', apiKey: live })
    expect(await validKeys()).toEqual([one, live].map(hashApiKey))
  })

  test('leaves the keys alone that were made through the API', async () => {
    const { accountId } = await start({ apiKey: one })
    const hash = hashApiKey(makeApiKey('test'))
    await database.sql.query(
      `INSERT INTO api_keys (id, account_id, mode, name, scopes, hash, hint, source, created_at)
       VALUES ($1, $2, 'test', 'Till', '{quotes:read}', $3, '', 'api', $4)`,
      [newUuid(), accountId, hash, NOW],
    )
    await start({ apiKey: other })
    expect(await validKeys()).toContainEqual(hash)
  })

  test("is refused when it is a customer's", async () => {
    await start({ apiKey: one })
    await database.sql.query('UPDATE api_keys SET account_id = $1, scopes = $2', [newUuid(), ['quotes:read']])
    await expect(start({ apiKey: one })).rejects.toThrow('BILLBRIDGE_API_KEY is the key of another account')
    const { rows } = await database.sql.query('SELECT scopes FROM api_keys')
    expect(rows).toEqual([{ scopes: ['quotes:read'] }])
  })
})

describe('the encryption key', () => {
  test('is refused when this database was written with another', async () => {
    await start({ secrets: [firstSecret] })
    const wrong = start({ secrets: [randomBytes(32)] })
    await expect(wrong).rejects.toThrow(ConfigError)
    await expect(wrong).rejects.toThrow(
      /^BILLBRIDGE_ENCRYPTION_KEY is not a key that this database was written/,
    )
  })

  test('is rotated by putting the new one in front, and later leaving the old one out', async () => {
    const { accountId } = await start({ secrets: [firstSecret] })
    await start({ secrets: [secondSecret, firstSecret] })
    expect((await start({ secrets: [secondSecret] })).accountId).toBe(accountId)
    await expect(start({ secrets: [firstSecret] })).rejects.toThrow(ConfigError)
  })
})
