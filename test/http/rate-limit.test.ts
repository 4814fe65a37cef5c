import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeApiKey } from '#accounts/api-key'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'

let limited: TestGateway
let unlimited: TestGateway
beforeAll(async () => {
  limited = await startTestGateway({ environment: { RATE_LIMIT_PER_MINUTE: '3' } })
  unlimited = await startTestGateway()
})
afterAll(() => Promise.all([limited.close(), unlimited.close()]))

/** A request with a wrong key, as it comes through from this address. */
function guess({ app }: TestGateway, remoteAddress: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${makeApiKey('test')}`
  return app.inject({ url: '/v1/providers', remoteAddress, headers: { authorization, ...headers } })
}

async function guessOften(gateway: TestGateway, remoteAddress: string, times: number): Promise<number[]> {
  const answers = await Promise.all(Array.from({ length: times }, () => guess(gateway, remoteAddress)))
  return answers.map(({ statusCode }) => statusCode).toSorted()
}

const ask = (key: string) => limited.api('GET /v1/providers', { key })

describe('the limit of a key', () => {
  test('is counted down on every answer, and over it the answer is 429', async () => {
    const { key } = await seedKey(limited)
    for (const left of [2, 1, 0]) {
      const { status, headers } = await ask(key)
      expect(status).toBe(200)
      expect(headers['ratelimit-policy']).toBe('"default";q=3;w=60')
      expect(headers['ratelimit']).toMatch(new RegExp(`^"default";r=${left};t=(60|5\\d)$`))
    }
    const refused = await ask(key)
    expect(expectProblem(refused, 'rate_limited').retryable).toBe(true)
    expect(refused.headers['ratelimit']).toMatch(/^"default";r=0;t=\d+$/)
    expect(refused.headers['retry-after']).toMatch(/^[1-9]\d?$/)
  })

  test('is its own: another key of the same account goes on', async () => {
    const { key, accountId } = await seedKey(limited)
    for (let request = 0; request < 4; request += 1) await ask(key)
    expect((await ask(key)).status).toBe(429)
    expect((await ask((await seedKey(limited, { accountId })).key)).status).toBe(200)
  })

  test('is not passed by sending many at once', async () => {
    const { key } = await seedKey(limited)
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(key)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(17)
  })

  test('counts wrong requests too, and burns no idempotency key when it is reached', async () => {
    const { key } = await seedKey(limited)
    for (let request = 0; request < 3; request += 1)
      await limited.api('POST /v1/quotes', { key, payload: '{' })
    const headers = { 'idempotency-key': 'over the limit' }
    expectProblem(await limited.api('POST /v1/quotes', { key, body: {}, headers }), 'rate_limited')
    const { rows } = await limited.services.database.sql.query('SELECT 1 FROM idempotency_records')
    expect(rows).toEqual([])
  })

  test('does not hold for health, documents and whoever has no key', async () => {
    for (let request = 0; request < 5; request += 1) {
      const { status, headers } = await limited.api('GET /health/live', { key: null })
      expect(status).toBe(200)
      expect(headers).not.toHaveProperty('ratelimit')
    }
    expectProblem(await limited.api('GET /v1/providers', { key: null }), 'unauthenticated')
  })

  test('of 0 is none', async () => {
    for (let request = 0; request < 5; request += 1) {
      const { status, headers } = await unlimited.api('GET /v1/providers')
      expect(status).toBe(200)
      expect(headers).not.toHaveProperty('ratelimit')
    }
  })
})

describe('wrong keys', () => {
  const sixty = Array<number>(60).fill(401)

  test('from one address are 429 from the sixty-first in a minute on, until that is over', async () => {
    expect(await guessOften(limited, '203.0.113.1', 61)).toEqual([...sixty, 429])
    const { statusCode: status, headers, body: text } = await guess(limited, '203.0.113.1')
    const told = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    expect(expectProblem({ status, headers: told, text }, 'rate_limited').retryable).toBe(true)
    expect(told['retry-after']).toMatch(/^(60|[1-5]?\d)$/)
  })

  test('do not keep others out, whatever address they say that they pass it on for', async () => {
    await guessOften(limited, '203.0.113.2', 60)
    expect((await guess(limited, '203.0.113.3')).statusCode).toBe(401)
    const forwarded = { 'x-forwarded-for': '203.0.113.4', forwarded: 'for=203.0.113.4' }
    expect((await guess(limited, '203.0.113.2', forwarded)).statusCode).toBe(429)
  })

  test('do not keep out who comes from the same address, as behind a proxy, with a valid key', async () => {
    await guessOften(limited, '127.0.0.1', 61)
    const { key } = await seedKey(limited)
    expect((await ask(key)).status).toBe(200)
    expectProblem(await limited.api('GET /v1/providers', { key: null }), 'unauthenticated')
  })

  test('are not counted where there is no limit', async () => {
    expect(await guessOften(unlimited, '203.0.113.1', 61)).toEqual([...sixty, 401])
  })
})
