import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Drift } from '#providers/drift/watch'
import { recordDrifts } from '#resources/providers/drift/record-drifts'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { newUuid } from '#values/ids'

let gateway: TestGateway
let connectionId: string
beforeAll(async () => {
  gateway = await startTestGateway()
  const { rows } = await gateway.services.database.sql.query<{ id: string }>(
    "SELECT id FROM connections WHERE provider = 'homebox'",
  )
  connectionId = rows[0]?.id ?? ''
})
afterAll(() => gateway.close())

function drift(changes: Partial<Drift> = {}): Drift {
  return {
    provider: 'homebox',
    mode: 'test',
    connectionId,
    operation: 'orders.get',
    endpoint: 'GET /orders/{id}',
    path: '$.id',
    kind: 'retyped',
    expected: 'number',
    found: 'string',
    seenAt: new Date('2026-11-21T12:00:00.000Z'),
    ...changes,
  }
}

const record = (...batch: Drift[]) => recordDrifts(gateway.services, batch)

async function kept(path: string): Promise<{ count: number; found: string | null; events: number }[]> {
  const { rows } = await gateway.services.database.sql.query<{
    count: number
    found: string | null
    events: number
  }>(
    `SELECT count, found, (SELECT count(*) FROM events WHERE data ->> 'path' = path) AS events
     FROM contract_drifts WHERE path = $1`,
    [path],
  )
  return rows
}

test('processes that see the same at the same time tell of it once', async () => {
  const batch = [drift({ path: '$.a' }), drift({ path: '$.b' }), drift({ path: '$.a' })]
  await Promise.all([record(...batch), record(...batch.toReversed()), record(...batch)])
  expect(await kept('$.a')).toEqual([{ count: 6, found: 'string', events: 1 }])
  expect(await kept('$.b')).toEqual([{ count: 3, found: 'string', events: 1 }])
})

test('a line tells the type that was found last', async () => {
  await record(drift({ path: '$.c' }))
  await record(drift({ path: '$.c', found: 'array' }))
  expect(await kept('$.c')).toEqual([{ count: 2, found: 'array', events: 1 }])
})

test('what was seen through a connection that is not there any more belongs to nobody', async () => {
  await record(drift({ path: '$.d', connectionId: newUuid() }))
  expect(await kept('$.d')).toEqual([])
})

test('a provider that makes up names has five hundred lines at most', async () => {
  await record(drift({ path: '$.e' }))
  await gateway.services.database.sql.query(
    `INSERT INTO contract_drifts SELECT gen_random_uuid(), account_id, mode, provider, operation, endpoint,
       '$.made_up_' || n, kind, expected, found, 1, first_seen_at, last_seen_at
     FROM contract_drifts, generate_series(1, 500) AS n WHERE path = '$.e'`,
  )
  await record(drift({ path: '$.e' }), drift({ path: '$.f' }))
  expect(await kept('$.e')).toEqual([{ count: 2, found: 'string', events: 1 }])
  expect(await kept('$.f')).toEqual([])
})
