import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problems } from '#contract/problems'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  gateway.api('POST /v1/quotes', { payload, headers })

describe('a path', () => {
  test.each([
    'GET /',
    'GET /v1',
    'GET /v1/quote',
    'POST /v2/quotes',
    'GET /v1/quotes/',
    'GET /V1/QUOTES',
    `GET /v1/quotes/${'x'.repeat(300)}`,
    'GET /v1//quotes',
    'GET /../etc/passwd',
    'DELETE /.env',
  ] as const)('that is not there is 404: %s', async route => {
    expectProblem(await gateway.api(route), 'not_found')
  })

  test.each([
    ['DELETE /v1/quotes', 'GET, HEAD, POST'],
    ['PUT /v1/quotes', 'GET, HEAD, POST'],
    ['POST /v1/providers/homebox', 'GET, HEAD'],
    ['GET /v1/quotes/quote_01kb2z6x9ve8vs2m0g5a7d3c1r/refresh', 'POST'],
    ['POST /health/live', 'GET, HEAD'],
    ['POST /openapi.json?a=1', 'GET, HEAD'],
  ] as const)('that takes other methods is 405 with Allow: %s', async (route, allow) => {
    const answer = await gateway.api(route)
    expectProblem(answer, 'method_not_allowed')
    expect(answer.headers['allow']).toBe(allow)
  })

  test('is told to nobody: unknown ones answer the same with and without a key', async () => {
    expectProblem(await gateway.api('GET /v1/nothing', { key: null }), 'not_found')
    expectProblem(await gateway.api('DELETE /v1/quotes', { key: null }), 'method_not_allowed')
  })

  test.each(['/v1/quotes/%zz', '/%', '/v1/quotes/%E0%A4%A', '/v1/%c0%ae'] as const)(
    '%s is not valid',
    async url => {
      expectProblem(await gateway.api(`GET ${url}`), 'malformed_request')
    },
  )

  test('answers HEAD as GET, without the body', async () => {
    const headers = { authorization: `Bearer ${gateway.key}` }
    const response = await gateway.app.inject({ method: 'HEAD', url: '/v1/providers', headers })
    expect(response.statusCode).toBe(200)
    expect(response.body).toBe('')
    const refused = await gateway.app.inject({ method: 'HEAD', url: '/v1/providers' })
    expect(refused.statusCode).toBe(401)
  })
})

describe('a body', () => {
  test.each([
    ['cut JSON', '{"occupants":'],
    ['a bare word', 'hello'],
    ['two values', '{}{}'],
    ['a trailing comma', '{"a":1,}'],
    ['a comment', '{/* */}'],
    ['single quotes', "{'a':1}"],
    ['NaN', '{"occupants":NaN}'],
    ['NUL', '\u0000'],
    ['only white space', '   '],
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['__proto__ by escapes', '{"\\u005f_proto__":{"admin":true}}'],
    ['__proto__ deep down', '{"a":[{"b":{"__proto__":1}}]}'],
    ['constructor.prototype', '{"constructor":{"prototype":{"admin":true}}}'],
    ['33 arrays in each other', '['.repeat(33) + ']'.repeat(33)],
    ['33 objects in each other', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`],
    ['as many brackets as fit', '['.repeat(200_000)],
    ['as many closed brackets as fit', '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('of %s is malformed', async (_name, payload) => {
    const problem = expectProblem(await post(payload), 'malformed_request')
    expect(problem).not.toHaveProperty('errors')
  })

  test('changes no prototype', async () => {
    await post('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  test.each(['null', '[]', '"text"', '42', 'true'])('of %s is no request', async payload => {
    const problem = expectProblem(await post(payload), 'validation_failed')
    expect(problem.errors).toMatchObject([{ pointer: '' }])
  })

  test('that is missing is no request', async () => {
    const problem = expectProblem(await gateway.api('POST /v1/quotes'), 'validation_failed')
    expect(problem.errors).toEqual([{ pointer: '', code: 'required', message: 'is required' }])
    expect(expectProblem(await post(''), 'validation_failed').errors).toEqual(problem.errors)
  })

  test('with a byte order mark is read', async () => {
    expect((await post(`\ufeff${JSON.stringify(household())}`)).status).toBe(201)
  })

  test('with a key twice is read with the last', async () => {
    const text = JSON.stringify(household()).replace('"occupants"', '"occupants":99,"occupants"')
    expect((await post(text)).status).toBe(201)
  })

  test('with a number beyond all bounds names the field', async () => {
    const text = JSON.stringify(household()).replace(/"occupants":\d+/, '"occupants":1e400')
    expect(expectProblem(await post(text), 'validation_failed').errors).toMatchObject([
      { pointer: '/occupants', code: 'invalid_type' },
    ])
  })

  test('of more than 256 KiB is too large', async () => {
    expectProblem(await post(`"${'x'.repeat(256 * 1024)}"`), 'payload_too_large')
  })

  test.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'json',
    'application/json, text/plain',
    ';',
  ])('of the type %s is refused', async type => {
    expectProblem(await post('{}', { 'content-type': type }), 'unsupported_media_type')
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'of the type %s is taken',
    async type => {
      expect((await post(JSON.stringify(household()), { 'content-type': type })).status).toBe(201)
    },
  )
})

describe('the type of a problem', () => {
  const typeAt = async (app: TestGateway, host: string) => {
    const answer = await app.api('GET /v1/nothing', { headers: { host } })
    return expectProblem(answer, 'not_found').type
  }

  test.each([
    ['bills.example.com', 'http://bills.example.com/problems/not_found'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000/problems/not_found'],
    ['[::1]:3000', 'http://[::1]:3000/problems/not_found'],
    ['evil.example/<script>', '/problems/not_found'],
    ['a b"c', '/problems/not_found'],
    ['user@evil.example', '/problems/not_found'],
  ])('is a page of the origin that was asked, %s', async (host, type) => {
    expect(await typeAt(gateway, host)).toBe(type)
  })

  test('is a page under PUBLIC_URL whatever the Host header says', async () => {
    const PUBLIC_URL = 'https://bills.example.com/api/'
    const named = await startTestGateway({ environment: { PUBLIC_URL } })
    try {
      expect((await named.api('GET /v1/nothing', { headers: { host: 'evil.example' } })).body.type).toBe(
        'https://bills.example.com/api/problems/not_found',
      )
    } finally {
      await named.close()
    }
  })

  test.each(Object.keys(problems))('has a page: %s', async code => {
    const { status, headers, text } = await gateway.api(`GET /problems/${code}`, { key: null })
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(text).toContain(`>${code}</h2>`)
  })

  test.each(['nothing', '../../package.json', '%3Cscript%3E'])('has no page for %s', async code => {
    expectProblem(await gateway.api(`GET /problems/${encodeURIComponent(code)}`), 'not_found')
  })
})
