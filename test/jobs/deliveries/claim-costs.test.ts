import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { claimDeliveries } from '#resources/webhooks/deliveries/queue-store'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { pagesRead } from '#test/statement-costs'

const now = new Date('2026-11-21T12:00:00.000Z')
const SLOW = '00000000-0000-7000-9000-000000000001'

// A slow webhook with a long backlog, four that wait for a retry, and a last one with something due; far more is done.
const FILL = `
  INSERT INTO deliveries (id, account_id, mode, webhook_id, event_id, event_type, state, next_attempt_at, created_at)
  SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '00000000-0000-7000-8000-00000000000a', 'test',
    ('00000000-0000-7000-9000-' || lpad(to_hex(CASE WHEN n <= 20000 THEN 1 ELSE 2 + n % 5 END), 12, '0'))::uuid,
    ('00000000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, 'order.created',
    CASE WHEN n <= 20000 OR n > 39900 THEN 'pending' ELSE 'delivered' END,
    CASE WHEN n <= 20000 THEN $1::timestamptz - interval '1 hour' WHEN n > 39900 AND n % 5 < 4 THEN $1 + interval '1 hour'
      WHEN n > 39900 THEN $1 END, $1
  FROM generate_series(1, 40000) AS n`

// As many webhooks as there are deliveries, every second one paused for another hour; those with something due are not.
const FILL_WEBHOOKS = `
  INSERT INTO webhooks (id, account_id, mode, url, events, paused_until, created_at, updated_at)
  SELECT ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, '00000000-0000-7000-8000-00000000000a', 'test',
    'https://agency.example/hooks', '{}', CASE WHEN n > 6 AND n % 2 = 0 THEN $1::timestamptz + interval '1 hour' END, $1, $1
  FROM generate_series(1, 40000) AS n`

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await createTestDatabase()
  database = createDatabase({ connectionString: server.url })
  await database.sql.query(FILL, [now])
  await database.sql.query(FILL_WEBHOOKS, [now])
  await database.sql.query('ANALYZE deliveries, webhooks')
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

test.each(['force_custom_plan', 'force_generic_plan'] as const)(
  'the backlog of a webhook that is busy is stepped over (%s)',
  async planned => {
    const request = {
      now,
      leaseUntil: new Date(now.getTime() + 1),
      limit: 1,
      perWebhook: 4,
      underWay: new Map([[SLOW, 4]]),
    }
    const pages = await pagesRead(database, planned, sql => claimDeliveries(sql, request))
    expect(pages).toBeLessThanOrEqual(80)
    // Claimed once to see the statement, and once more to measure it.
    const { rows } = await database.sql.query<{ webhooks: number; leased: number }>(
      'SELECT count(DISTINCT webhook_id) AS webhooks, count(*) AS leased FROM deliveries WHERE lease_until IS NOT NULL',
    )
    expect(rows).toEqual([{ webhooks: 1, leased: planned === 'force_custom_plan' ? 2 : 4 }])
  },
)
