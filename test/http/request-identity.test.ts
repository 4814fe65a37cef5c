import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { requestIdOf } from '#http/request-identity'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

describe('X-Request-Id', () => {
  test.each(['req_1', randomUUID(), 'a', 'A.b_c:d-9', 'x'.repeat(128)])(
    'is the one that came: %s',
    async given => {
      const answer = await gateway.api('GET /v1/providers', { headers: { 'x-request-id': given } })
      expect(answer.headers['x-request-id']).toBe(given)
    },
  )

  test.each([
    ['', 'nothing'],
    ['x'.repeat(129), '129 characters'],
    ['a b', 'a space'],
    ['a\nlevel=error', 'a line break'],
    ['a\r\nSet-Cookie: x=1', 'a header of its own'],
    ['\u001b[31m', 'a terminal escape'],
    ['{"level":60}', 'JSON'],
    ['%{jndi:ldap://x}', 'an expression'],
    ['é', 'a letter beyond ASCII'],
    ['a, b', 'two ids'],
  ])('%j is replaced: %s', given => {
    expect(requestIdOf({ headers: { 'x-request-id': given } })).toMatch(/^req_[0-9a-f-]{36}$/)
  })

  test('is made where none came, anew for each request', async () => {
    const answers = await Promise.all([gateway.api('GET /health/live'), gateway.api('GET /health/live')])
    const ids = answers.map(({ headers }) => headers['x-request-id'])
    expect(ids).toEqual([expect.stringMatching(/^req_/), expect.stringMatching(/^req_/)])
    expect(new Set(ids).size).toBe(2)
  })

  test('is in every line that is logged of its request, and in its calls to providers', async () => {
    const id = `test-${randomUUID()}`
    const { body } = await gateway.api('POST /v1/quotes', {
      body: household(),
      headers: { 'x-request-id': id },
    })
    const lines = gateway.logs.filter(line => line.includes(id)).map(line => JSON.parse(line))
    expect(lines).toContainEqual(
      expect.objectContaining({ request_id: id, route: '/v1/quotes', status: 201 }),
    )
    const calls = await gateway.api(`GET /v1/provider-calls?resource=${body.id}`)
    expect(new Set(calls.body.data.map((call: { request_id: string }) => call.request_id))).toEqual(
      new Set([id]),
    )
  })
})

describe('traceparent', () => {
  const sentFor = async (traceparent?: string) => {
    const before = gateway.simulators.homebox.requests().length
    await gateway.api('POST /v1/quotes', { body: household(), headers: traceparent ? { traceparent } : {} })
    return gateway.simulators.homebox
      .requests()
      .slice(before)
      .map(({ headers }) => headers['traceparent'])
  }
  const traceOf = (traceparent: unknown) => String(traceparent).split('-')[1]

  test('is passed on to the providers, in the same trace', async () => {
    const sent = await sentFor(TRACEPARENT)
    expect(sent.length).toBeGreaterThan(0)
    expect(new Set(sent.map(traceOf))).toEqual(new Set([traceOf(TRACEPARENT)]))
  })

  test.each([
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
    '00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01',
    'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7',
    'anything else',
  ])('is not passed on when it is malformed: %s', async traceparent => {
    for (const sent of await sentFor(traceparent)) expect(sent).not.toBe(traceparent)
  })
})

describe('every answer', () => {
  test.each([
    'GET /health/live',
    'GET /v1/quotes',
    'GET /openapi.json',
    'GET /docs/static/swagger-ui.css',
  ] as const)('keeps browsers and caches from guessing: %s', async route => {
    const { status, headers } = await gateway.api(route)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-request-id': expect.any(String),
      'server-timing': expect.stringMatching(/^gateway;dur=\d+\.\d, upstream;dur=\d+\.\d$/),
    })
    expect(headers).not.toHaveProperty('server')
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })

  test('tells apart what was spent here and at the providers', async () => {
    const timing = (text = '') => text.match(/\d+\.\d/g)?.map(Number)
    const [, none] = timing((await gateway.api('GET /v1/quotes')).headers['server-timing']) ?? []
    expect(none).toBe(0)
    const quoted = await gateway.api('POST /v1/quotes', { body: household() })
    const [gatewayMs, upstreamMs] = timing(quoted.headers['server-timing']) ?? []
    expect(gatewayMs).toBeGreaterThan(0)
    expect(upstreamMs).toBeGreaterThan(0)
  })
})
