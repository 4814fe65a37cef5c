import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { createVault } from '#db/vault'
import type { Caller } from '#http/caller'
import { keepPayload, readPayloads } from '#payloads/provider-payloads'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { newUuid } from '#values/ids'

const FETCHED = new Date('2026-08-01T09:00:00Z')
const vault = createVault([Buffer.alloc(32, 1)])
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

const newCaller = (): Caller => ({ accountId: newUuid(), mode: 'test', keyId: 'k', scopes: [] })
const newHolder = () => ({ prefix: 'quote', uuid: newUuid() }) as const
type Holder = ReturnType<typeof newHolder>

function keep(
  caller: Caller,
  holder: Holder,
  provider: 'homebox' | 'housr',
  data: unknown,
  fetchedAt = FETCHED,
) {
  const kept = { provider, payload: { data, fetchedAt } }
  return database.transaction(tx => keepPayload(tx, vault, caller, holder, kept))
}
const read = (caller: Caller, holder: Holder) => readPayloads(database.sql, vault, caller, holder)

describe('a provider’s payload', () => {
  test('is read as it was kept, by provider', async () => {
    const [caller, holder] = [newCaller(), newHolder()]
    await keep(caller, holder, 'housr', ['ü', null, 1.5])
    await keep(caller, holder, 'homebox', { packages: [] })
    expect(await read(caller, holder)).toEqual({
      homebox: { fetched_at: '2026-08-01T09:00:00.000Z', data: { packages: [] } },
      housr: { fetched_at: '2026-08-01T09:00:00.000Z', data: ['ü', null, 1.5] },
    })
  })

  test('is the latest one', async () => {
    const [caller, holder, later] = [newCaller(), newHolder(), new Date('2026-08-02T09:00:00Z')]
    await keep(caller, holder, 'homebox', { version: 1 })
    await keep(caller, holder, 'homebox', { version: 2 }, later)
    expect(await read(caller, holder)).toEqual({
      homebox: { fetched_at: later.toISOString(), data: { version: 2 } },
    })
  })

  test('is neither another account’s nor the other mode’s', async () => {
    const [caller, holder] = [newCaller(), newHolder()]
    await keep(caller, holder, 'homebox', { mine: true })
    expect(await read(newCaller(), holder)).toEqual({})
    expect(await read({ ...caller, mode: 'live' }, holder)).toEqual({})
  })

  test('cannot be read in the database, nor moved to another resource', async () => {
    const [caller, holder, other] = [newCaller(), newHolder(), newHolder()]
    await keep(caller, holder, 'homebox', { name: 'c4n4ry' })
    const kept = "SELECT encode(body, 'escape') AS text FROM provider_payloads WHERE resource_id = $1"
    const { rows } = await database.sql.query(kept, [holder.uuid])
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain('c4n4ry')
    await database.sql.query('UPDATE provider_payloads SET resource_id = $1 WHERE resource_id = $2', [
      other.uuid,
      holder.uuid,
    ])
    await expect(read(caller, other)).rejects.toThrow('does not belong where it was found')
  })
})
