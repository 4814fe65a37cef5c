import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeApiKey } from '#accounts/api-key'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway, TEST_ENCRYPTION_KEY } from '#test/gateway'
import { household } from '#test/households'

const START = Date.parse('2026-08-01T09:00:00Z')
const HOUR = 3_600_000
const BILLBRIDGE_API_KEY = makeApiKey('test')

let database: TestDatabase
let time = START
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** Another process on the same database. */
function start(environment: Record<string, string> = {}): Promise<TestGateway> {
  return startTestGateway({
    database,
    now: () => new Date(time),
    environment: { BILLBRIDGE_API_KEY, ...environment },
  })
}

const post = (gateway: TestGateway, key: string, body: unknown = household()) =>
  gateway.api('POST /v1/quotes', { body, headers: { 'idempotency-key': key } })

async function withGateways(
  count: number,
  work: (...gateways: TestGateway[]) => Promise<void>,
): Promise<void> {
  const gateways = await Promise.all(Array.from({ length: count }, () => start()))
  try {
    await work(...gateways)
  } finally {
    await Promise.all(gateways.map(gateway => gateway.close()))
  }
}

describe('a first answer', () => {
  test('is kept for 24 hours, and not a millisecond longer', async () => {
    await withGateways(1, async gateway => {
      const key = randomUUID()
      const first = await post(gateway, key)
      time += 24 * HOUR - 1
      expect((await post(gateway, key)).text).toBe(first.text)
      time += 1
      const anew = await post(gateway, key)
      expect(anew.headers).not.toHaveProperty('idempotent-replayed')
      expect(anew.body.id).not.toBe(first.body.id)
      expect((await post(gateway, key)).text).toBe(anew.text)
    })
  })

  test('leaves its key free for another body once it is forgotten', async () => {
    await withGateways(1, async gateway => {
      const key = randomUUID()
      await post(gateway, key)
      time += 24 * HOUR
      expect((await post(gateway, key, household({ occupants: 2, bill_payers: 2 }))).status).toBe(201)
    })
  })

  test('outlives the process that gave it', async () => {
    const key = randomUUID()
    let first = ''
    await withGateways(1, async gateway => {
      first = (await post(gateway, key)).text
    })
    await withGateways(1, async gateway => {
      const again = await post(gateway, key)
      expect(again.text).toBe(first)
      expect(again.headers['idempotent-replayed']).toBe('true')
      expect(gateway.simulators.homebox.requests()).toEqual([])
    })
  })

  test('is given by every process on the database', async () => {
    await withGateways(2, async (one, other) => {
      const key = randomUUID()
      const first = await post(one, key)
      expect((await post(other, key)).text).toBe(first.text)
      expectProblem(
        await post(other, key, household({ occupants: 2, bill_payers: 2 })),
        'idempotency_mismatch',
      )
    })
  })

  test('is made once when two processes are asked at the same time', async () => {
    await withGateways(2, async (one, other) => {
      const key = randomUUID()
      const answers = await Promise.all([one, other, one, other].map(gateway => post(gateway, key)))
      const made = answers.filter(({ status, headers }) => status === 201 && !headers['idempotent-replayed'])
      expect(made).toHaveLength(1)
      expect(new Set(answers.map(({ status }) => status))).toSatisfy((statuses: Set<number>) =>
        [...statuses].every(status => status === 201 || status === 409),
      )
      const asked = [one, other].map(gateway => gateway.simulators.homebox.requests().length)
      expect(asked.filter(count => count > 0)).toHaveLength(1)
    })
  })

  test('is still known after the encryption key was rotated', async () => {
    const key = randomUUID()
    let first = ''
    await withGateways(1, async gateway => {
      first = (await post(gateway, key)).text
    })
    const fresh = Buffer.alloc(32, 8).toString('base64')
    const rotated = await start({ BILLBRIDGE_ENCRYPTION_KEY: `${fresh},${TEST_ENCRYPTION_KEY}` })
    expect((await post(rotated, key)).text).toBe(first)
    expectProblem(
      await post(rotated, key, household({ occupants: 2, bill_payers: 2 })),
      'idempotency_mismatch',
    )
    await rotated.close()
  })
})
