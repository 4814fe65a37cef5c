import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'

const TOKEN = 'metrics-token-of-the-test'
let open: TestGateway
let guarded: TestGateway
beforeAll(async () => {
  open = await startTestGateway()
  guarded = await startTestGateway({ environment: { METRICS_TOKEN: TOKEN } })
})
afterAll(() => Promise.all([open.close(), guarded.close()]))

const from = (remoteAddress: string) => open.app.inject({ method: 'GET', url: '/metrics', remoteAddress })
const withToken = (authorization: string) =>
  guarded.api('GET /metrics', { key: null, headers: authorization ? { authorization } : {} })

describe('GET /metrics without a token', () => {
  test.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])(
    'answers the loopback caller %s',
    async address => {
      expect((await from(address)).statusCode).toBe(200)
    },
  )

  test.each(['10.0.0.1', '192.168.1.1', '::ffff:10.0.0.1', 'fe80::1', '2001:db8::1', '128.0.0.1', '0.0.0.0'])(
    'refuses %s',
    async address => {
      const { statusCode, body } = await from(address)
      expect(statusCode).toBe(403)
      expect(JSON.parse(body).code).toBe('forbidden')
    },
  )

  test('believes no header about where the caller is', async () => {
    const headers = { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1', 'x-real-ip': '127.0.0.1' }
    const options = { method: 'GET', url: '/metrics', remoteAddress: '10.0.0.1', headers } as const
    expect((await open.app.inject(options)).statusCode).toBe(403)
  })
})

describe('GET /metrics with a token', () => {
  test('answers whoever has it, wherever they are', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const options = { method: 'GET', url: '/metrics', remoteAddress: '10.0.0.1', headers } as const
    const { statusCode, headers: answered } = await guarded.app.inject(options)
    expect(statusCode).toBe(200)
    expect(answered['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  })

  test.each([
    '',
    TOKEN,
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
    `Basic ${TOKEN}`,
    `Bearer ${TOKEN.toUpperCase()}`,
  ])('refuses %j, loopback or not', async authorization => {
    const answer = await withToken(authorization)
    expectProblem(answer, 'unauthenticated')
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="metrics"')
  })

  test('takes no API key for it', async () => {
    expectProblem(await guarded.api('GET /metrics'), 'unauthenticated')
  })
})

describe('what is measured', () => {
  test('has labels that are bounded: route templates, never an id, a key or a query', async () => {
    const { body: quote } = await open.api('POST /v1/quotes', { body: household() })
    await open.api(`GET /v1/quotes/${quote.id}?include=provider_data`)
    await open.api('GET /v1/nowhere/c4n4ry')
    const { text } = await open.api('GET /metrics')
    expect(text).toContain(
      'http_server_request_duration_seconds_count{method="GET",route="/v1/quotes/:quote_id",status="200"} 1',
    )
    expect(text).toMatch(
      /http_server_request_duration_seconds_count\{method="GET",route="unknown",status="404"\} \d/,
    )
    expect(text).toMatch(
      /billbridge_provider_requests_total\{provider="homebox",operation="quotes.create",outcome="ok"\} \d/,
    )
    expect(text).toMatch(/billbridge_db_pool_connections\{state="in_use"\} \d/)
    for (const secret of ['c4n4ry', quote.id, open.key, 'include=']) expect(text).not.toContain(secret)
  })

  test('counts replays', async () => {
    const headers = { 'idempotency-key': 'counted' }
    const ask = () => open.api('POST /v1/quotes', { body: household(), headers })
    await ask()
    await ask()
    expect((await open.api('GET /metrics')).text).toContain('billbridge_idempotency_replays_total 1')
  })
})
