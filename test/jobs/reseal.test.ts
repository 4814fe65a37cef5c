import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createVault } from '#db/vault'
import { resealAll } from '#jobs/reseal'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { unknownOrder } from '#test/unknown-orders'

const older = Buffer.alloc(32, 1)
const newer = Buffer.alloc(32, 2)
const logger = pino({ level: 'silent' })
const keysOf = (...keys: Buffer[]) => ({
  BILLBRIDGE_ENCRYPTION_KEY: keys.map(key => key.toString('base64')).join(','),
})

let first: TestGateway
beforeAll(async () => {
  first = await startTestGateway({ environment: keysOf(older) })
})
afterAll(() => first.close())

/** The same installation, started again with other keys. */
const startWith = (...keys: Buffer[]) =>
  startTestGateway({
    environment: { ...keysOf(...keys), BILLBRIDGE_API_KEY: first.key },
    database: first.database,
    simulators: first.simulators,
  })

const priced = { body: household(), headers: { 'idempotency-key': 'once' } }

test('after a rotation everything is sealed with the new key, and the old one can go', async () => {
  const quote = await first.api('POST /v1/quotes', priced)
  const order = await unknownOrder(first)
  await first.api('POST /v1/webhooks', { body: { url: 'https://hooks.example.com/bills' } })
  const rotating = await startWith(newer, older)
  const { sql } = rotating.services.database
  expect(await resealAll(sql, rotating.services.vault, logger)).toBe(0)
  const replayed = await rotating.api('POST /v1/quotes', priced)
  expect([replayed.headers['idempotent-replayed'], replayed.text]).toEqual(['true', quote.text])
  expect((await sql.query<{ sealed: Buffer }>('SELECT secret AS sealed FROM webhooks')).rows).toEqual([
    { sealed: expect.toSatisfy((sealed: Buffer) => !rotating.services.vault.needsRotation(sealed)) },
  ])
  await rotating.close()

  const after = await startWith(newer)
  const read = await after.api(`GET /v1/quotes/${quote.body.id}?include=provider_data`)
  expect(Object.keys(read.body.provider_data)).toContain('homebox')
  const again = await after.api(`POST /v1/operations/${order.operation}/resolve`, {
    body: { outcome: 'did_not_happen', send_again: true },
  })
  expect(again.body).toMatchObject({ state: 'succeeded' })
  await after.close()
})

test('what no key opens is counted and left as it is', async () => {
  const { sql } = first.services.database
  const before = await sql.query('SELECT id, body FROM provider_payloads ORDER BY id')
  const foreign = createVault([Buffer.alloc(32, 3)])
  expect(await resealAll(sql, foreign, logger)).toBeGreaterThanOrEqual(before.rowCount)
  expect((await sql.query('SELECT id, body FROM provider_payloads ORDER BY id')).rows).toEqual(before.rows)
})
