import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { appendEvent, type NewEvent } from '#events/append-event'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { newUuid } from '#values/ids'

const NOW = new Date('2026-08-01T09:00:00Z')
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

function event(different: Partial<NewEvent> = {}): NewEvent {
  const resource = { prefix: 'quote', uuid: newUuid() } as const
  return {
    accountId: newUuid(),
    mode: 'test',
    type: 'quote.completed',
    resource,
    data: {},
    at: NOW,
    ...different,
  }
}
const append = (given: NewEvent) => database.transaction(tx => appendEvent(tx, given))

async function numbersOf({ accountId, resource }: NewEvent): Promise<number[]> {
  const text = 'SELECT seq FROM events WHERE account_id = $1 AND resource_id = $2 ORDER BY id'
  const { rows } = await database.sql.query<{ seq: number }>(text, [accountId, resource.uuid])
  return rows.map(row => row.seq)
}

describe('an event', () => {
  test('is numbered per resource, from one and without a gap', async () => {
    const [one, other] = [event(), event()]
    for (const given of [one, one, other, one]) await append(given)
    expect(await numbersOf(one)).toEqual([1, 2, 3])
    expect(await numbersOf(other)).toEqual([1])
  })

  test('is numbered per account', async () => {
    const one = event()
    const other = event({ resource: one.resource })
    for (const given of [one, other, one]) await append(given)
    expect([await numbersOf(one), await numbersOf(other)]).toEqual([[1, 2], [1]])
  })

  test('is not there when what it tells was rolled back, and leaves no gap', async () => {
    const given = event()
    const broken = database.transaction(async tx => {
      appendEvent(tx, given)
      throw new Error('rolled back')
    })
    await expect(broken).rejects.toThrow('rolled back')
    await append(given)
    expect(await numbersOf(given)).toEqual([1])
  })

  test('keeps what it was given', async () => {
    const given = event({ data: { id: 'quote_1', offer_count: 3 } })
    await append(given)
    const { rows } = await database.sql.query(
      'SELECT mode, type, resource_prefix, data, created_at FROM events WHERE account_id = $1',
      [given.accountId],
    )
    expect(rows).toEqual([
      { mode: 'test', type: 'quote.completed', resource_prefix: 'quote', data: given.data, created_at: NOW },
    ])
  })
})
