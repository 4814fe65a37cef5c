import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashApiKey, makeApiKey } from '#accounts/api-key'
import { type Authenticator, createAuthenticator } from '#accounts/authenticate'
import { createDatabase, type Database } from '#db/client'
import type { Sql } from '#db/tx'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { newUuid } from '#values/ids'

const START = Date.parse('2026-08-01T09:00:00Z')
const ACCOUNT = newUuid()

let server: TestDatabase
let database: Database
let authenticator: Authenticator
let time: number
let queries: number

beforeEach(async () => {
  server = await createTestDatabase()
  database = createDatabase({ connectionString: server.url })
  time = START
  queries = 0
  const counting: Sql = {
    query: (text, values) => {
      queries += 1
      return database.sql.query(text, values)
    },
  }
  authenticator = createAuthenticator({ sql: counting, now: () => new Date(time) })
})

afterEach(async () => {
  await database.close()
  await server.drop()
})

async function addKey(given: { expiresAt?: Date; mode?: 'test' | 'live' } = {}): Promise<string> {
  const { mode = 'test', expiresAt = null } = given
  const key = makeApiKey(mode)
  await database.sql.query(
    `INSERT INTO api_keys (id, account_id, mode, name, scopes, hash, hint, source, created_at, expires_at)
     VALUES ($1, $2, $3, 'Till', '{quotes:read}', $4, '', 'api', $5, $6)`,
    [newUuid(), ACCOUNT, mode, hashApiKey(key), new Date(START), expiresAt],
  )
  return key
}

function revoke(key: string) {
  return database.sql.query('UPDATE api_keys SET revoked_at = $2 WHERE hash = $1', [
    hashApiKey(key),
    new Date(time),
  ])
}

describe('a key', () => {
  test('is its account in its mode, with its scopes', async () => {
    const key = await addKey({ mode: 'live' })
    expect(await authenticator.authenticate(key)).toEqual({
      accountId: ACCOUNT,
      mode: 'live',
      keyId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scopes: ['quotes:read'],
    })
  })

  test('that nobody knows is nobody', async () => {
    expect(await authenticator.authenticate(makeApiKey('test'))).toBeNull()
  })

  test.each(['', 'secret', 'bb_test_', 'bb_prod_'.padEnd(51, 'k'), 'bb_test_'.padEnd(51, '-')])(
    'of another form is turned away without a look into the database: %j',
    async text => {
      expect(await authenticator.authenticate(text)).toBeNull()
      expect(queries).toBe(0)
    },
  )

  test('differs by every character', async () => {
    const key = await addKey()
    const last = key.endsWith('a') ? 'b' : 'a'
    expect(await authenticator.authenticate(key.slice(0, -1) + last)).toBeNull()
    expect(await authenticator.authenticate(key.replace('bb_test', 'bb_live'))).toBeNull()
  })

  test('is looked up once in five seconds', async () => {
    const key = await addKey()
    for (let request = 0; request < 10; request += 1) await authenticator.authenticate(key)
    expect(queries).toBe(1)
    time += 5_000
    expect(await authenticator.authenticate(key)).not.toBeNull()
    expect(queries).toBe(2)
  })

  test('that is revoked is refused five seconds later at the latest', async () => {
    const key = await addKey()
    await authenticator.authenticate(key)
    await revoke(key)
    time += 4_999
    expect(await authenticator.authenticate(key)).not.toBeNull()
    time += 1
    expect(await authenticator.authenticate(key)).toBeNull()
  })

  test('that is revoked is refused at once by a process that has not seen it', async () => {
    const key = await addKey()
    await revoke(key)
    expect(await authenticator.authenticate(key)).toBeNull()
  })

  test('that is revoked is refused at once by the process that was told to forget', async () => {
    const key = await addKey()
    await authenticator.authenticate(key)
    await revoke(key)
    authenticator.forget()
    expect(await authenticator.authenticate(key)).toBeNull()
  })

  test('that was being looked up while one was revoked is not remembered', async () => {
    const key = await addKey()
    const underWay = authenticator.authenticate(key)
    authenticator.forget()
    expect(await underWay).not.toBeNull()
    await revoke(key)
    expect(await authenticator.authenticate(key)).toBeNull()
  })

  test('expires to the millisecond, whatever is remembered of it', async () => {
    const key = await addKey({ expiresAt: new Date(START + 1_000) })
    time = START + 999
    expect(await authenticator.authenticate(key)).not.toBeNull()
    time = START + 1_000
    expect(await authenticator.authenticate(key)).toBeNull()
  })

  test('is marked as used to the minute, but not once it is refused', async () => {
    const key = await addKey({ expiresAt: new Date(START + 90_000) })
    const used: (string | undefined)[] = []
    for (const ms of [0, 59_000, 70_000, 90_000]) {
      time = START + ms
      await authenticator.authenticate(key)
      const { rows } = await database.sql.query<{ last_used_at: Date }>('SELECT last_used_at FROM api_keys')
      used.push(rows[0]?.last_used_at.toISOString().slice(14, 19))
    }
    expect(used).toEqual(['00:00', '00:00', '01:10', '01:10'])
  })

  test('that was unknown is known as soon as it is made', async () => {
    const key = makeApiKey('test')
    expect(await authenticator.authenticate(key)).toBeNull()
    await database.sql.query(
      `INSERT INTO api_keys (id, account_id, mode, name, scopes, hash, hint, source, created_at)
       VALUES ($1, $2, 'test', 'Till', '{}', $3, '', 'api', $4)`,
      [newUuid(), ACCOUNT, hashApiKey(key), new Date(START)],
    )
    expect(await authenticator.authenticate(key)).toMatchObject({ scopes: [] })
  })
})
