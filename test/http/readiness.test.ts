import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startTestGateway()
})
afterEach(() => gateway.close())

const ask = (path: `/${string}`) => gateway.api(`GET ${path}`, { key: null })

describe('health', () => {
  test('is live and ready while all is well, and says nothing else', async () => {
    expect(await ask('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } })
    const ready = await ask('/health/ready')
    expect(ready).toMatchObject({ status: 200, text: '{"status":"ready"}' })
  })

  test('is live but not ready once the process is leaving, which still serves what comes', async () => {
    gateway.services.readiness.leave()
    const leaving = await ask('/health/ready')
    expect(expectProblem(leaving, 'service_unavailable').detail).toBe('The process is shutting down.')
    expect(leaving.headers['retry-after']).toBe('5')
    expect((await ask('/health/live')).status).toBe(200)
    expect((await gateway.api('POST /v1/quotes', { body: household() })).status).toBe(201)
  })
})

describe('with a database that lacks a migration', () => {
  test('it is not ready until the migration is applied, and then stays so', async () => {
    const { sql } = gateway.services.database
    const { rows } = await sql.query(
      'DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations) RETURNING *',
    )
    expect(expectProblem(await ask('/health/ready'), 'service_unavailable').detail).toBe(
      'The database lacks migrations.',
    )
    await sql.query(
      'INSERT INTO _prisma_migrations SELECT * FROM jsonb_populate_record(NULL::_prisma_migrations, $1)',
      [JSON.stringify(rows[0])],
    )
    expect((await ask('/health/ready')).status).toBe(200)
  })
})

describe('without its database', () => {
  beforeEach(async () => {
    await gateway.api('GET /v1/quotes')
    await gateway.database.drop()
  })

  test('it is live but not ready', async () => {
    expect(expectProblem(await ask('/health/ready'), 'service_unavailable').detail).toBe(
      'The database cannot be reached.',
    )
    expect((await ask('/health/live')).status).toBe(200)
  })

  test('a request is 503 with Retry-After, not 500 and not 401', async () => {
    const answer = await gateway.api('GET /v1/quotes')
    expectProblem(answer, 'service_unavailable')
    expect(answer.headers['retry-after']).toBe('5')
    expectProblem(
      await gateway.api('GET /v1/quotes', { key: `bb_test_${'k'.repeat(43)}` }),
      'service_unavailable',
    )
  })

  test('nothing is sent to a provider under a key that cannot be claimed', async () => {
    const headers = { 'idempotency-key': 'one' }
    const answer = await gateway.api('POST /v1/quotes', { body: household(), headers })
    expectProblem(answer, 'service_unavailable')
    expect(gateway.simulators.homebox.requests()).toEqual([])
  })

  test('providers, documents and metrics are still answered', async () => {
    for (const path of ['/v1/providers', '/openapi.json', '/metrics'] as const) {
      expect((await gateway.api(`GET ${path}`)).status).toBe(200)
    }
  })
})
