import { once } from 'node:events'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildApp } from '#app'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { sendRaw } from '#test/raw-http'
import { PATIENCE } from '#test/patience'

let gateway: TestGateway
let port: number
/** The same services behind a server that waits a tenth of a second for a request. */
let impatientPort: number
let closeImpatient: () => Promise<void>

beforeAll(async () => {
  gateway = await startTestGateway()
  const impatient = await buildApp(gateway.services, { requestMs: 100, checkMs: 20 })
  closeImpatient = () => impatient.close()
  port = Number(new URL(await gateway.app.listen({ port: 0, host: '127.0.0.1' })).port)
  impatientPort = Number(new URL(await impatient.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(async () => {
  await closeImpatient()
  await gateway.close()
})

const head = (...lines: string[]) =>
  `${['POST /v1/quotes HTTP/1.1', 'Host: bills', ...lines].join('\r\n')}\r\n`
const authorized = (...lines: string[]) =>
  head(`Authorization: Bearer ${gateway.key}`, 'Content-Type: application/json', ...lines)

describe('what is no HTTP', () => {
  test.each([
    ['words', 'hello\r\n\r\n'],
    ['a method that nobody knows', 'FETCH / HTTP/1.1\r\nHost: bills\r\n\r\n'],
    ['another protocol', '\u0016\u0003\u0001\u0000\u0001'],
    ['HTTP of another version', 'GET / HTTP/3.0\r\nHost: bills\r\n\r\n'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost: bills\r\nfoo\r\n\r\n'],
    ['a header with NUL', 'GET / HTTP/1.1\r\nHost: bills\r\na: \u0000\r\n\r\n'],
    ['white space before the colon', 'GET / HTTP/1.1\r\nHost: bills\r\nContent-Length : 1\r\n\r\n'],
    ['a length that is no number', `${head('Content-Length: 1e3')}\r\n{}`],
    ['two lengths', `${head('Content-Length: 2', 'Content-Length: 3')}\r\n{}`],
    ['a length beside chunks', `${head('Content-Length: 2', 'Transfer-Encoding: chunked')}\r\n0\r\n\r\n`],
    ['chunks of an unknown size', `${head('Transfer-Encoding: chunked')}\r\nzz\r\n`],
  ])('is answered 400 and cut off: %s', async (_name, bytes) => {
    const answer = await sendRaw(port, [bytes])
    const { request_id, type } = expectProblem(answer, 'malformed_request')
    expect(request_id).toMatch(/^req_/)
    expect(type).toBe('/problems/malformed_request')
    expect(answer.headers['connection']).toBe('close')
  })

  test('repeats nothing of what was sent', async () => {
    const answer = await sendRaw(port, [`GET / HTTP/1.1\r\nX-Request-Id: c4n4ry\r\nc4n4ry\r\n\r\n`])
    expect(JSON.stringify(answer)).not.toContain('c4n4ry')
  })
})

describe('a method', () => {
  test.each(['OPTIONS', 'TRACE', 'PROPFIND', 'PURGE', 'M-SEARCH'])(
    'that is not taken is 405: %s',
    async method => {
      const answer = await sendRaw(port, [
        `${method} /v1/quotes HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n`,
      ])
      expectProblem(answer, 'method_not_allowed')
      expect(answer.headers['allow']).toBe('GET, HEAD, POST')
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
    },
  )

  test('that opens a tunnel is cut off', async () => {
    const answer = await sendRaw(port, ['CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n'])
    expect(answer.text).toBe('')
  })
})

describe('a header', () => {
  test('of more than 16 KiB is answered 431', async () => {
    expectProblem(await sendRaw(port, [head(`X-Long: ${'x'.repeat(20_000)}`), '\r\n']), 'headers_too_large')
  })

  test('of many small fields is answered 431', async () => {
    const fields = Array.from({ length: 2_000 }, (_, at) => `X-Field-${at}: x`)
    expectProblem(await sendRaw(port, [head(...fields), '\r\n']), 'headers_too_large')
  })

  test('without Host is answered 400', async () => {
    const answer = await sendRaw(port, ['GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n'])
    expect(expectProblem(answer, 'malformed_request').detail).toBe('The Host header is missing.')
  })

  test('may leave out Host in HTTP/1.0', async () => {
    expect((await sendRaw(port, ['GET /health/live HTTP/1.0\r\n\r\n'])).status).toBe(200)
  })

  test('may expect what it likes', async () => {
    const body = JSON.stringify(household())
    const lines = [`Content-Length: ${Buffer.byteLength(body)}`, 'Expect: miracles', 'Connection: close']
    expect((await sendRaw(port, [`${authorized(...lines)}\r\n${body}`])).status).toBe(201)
  })

  test('that asks for another protocol is answered in this one', async () => {
    const upgrade =
      'GET /health/live HTTP/1.1\r\nHost: bills\r\nUpgrade: websocket\r\nConnection: Upgrade, close'
    expect((await sendRaw(port, [`${upgrade}\r\n\r\n`])).status).toBe(200)
  })
})

describe('a request that does not arrive', () => {
  test('is answered 408: a header that never ends', async () => {
    expectProblem(await sendRaw(impatientPort, ['POST /v1/quotes HTTP/1.1\r\nHost: b']), 'request_timeout')
  })

  test('is answered 408: a body that never ends', async () => {
    const answer = await sendRaw(impatientPort, [`${authorized('Content-Length: 100')}\r\n{"a":`])
    expectProblem(answer, 'request_timeout')
  })

  test('is answered 408: chunks that never end', async () => {
    const answer = await sendRaw(impatientPort, [`${authorized('Transfer-Encoding: chunked')}\r\n2\r\n{"`])
    expectProblem(answer, 'request_timeout')
  })

  test('raises no alarm when the client resets the connection in the middle', async () => {
    const logged = gateway.logs.length
    const client = connect(port, '127.0.0.1')
    client.write(`${authorized('Content-Length: 100', 'Expect: 100-continue')}\r\n`)
    await once(client, 'data')
    client.write('{"a":')
    client.resetAndDestroy()
    await vi.waitFor(async () => {
      expect(await promisify(gateway.app.server.getConnections.bind(gateway.app.server))()).toBe(0)
    }, PATIENCE)
    expect(gateway.logs.slice(logged).filter(line => JSON.parse(line).level !== 'info')).toEqual([])
  })

  test('is answered 400 when the client ends it in the middle', async () => {
    const cut = await sendRaw(port, [`${authorized('Content-Length: 100')}\r\n{"a":`], { end: true })
    expectProblem(cut, 'malformed_request')
    expectProblem(await sendRaw(port, ['POST /v1/quo'], { end: true }), 'malformed_request')
  })
})

describe('a body of another size than said', () => {
  test('longer: what follows is no request', async () => {
    const bytes = [`${authorized('Content-Length: 2')}\r\n{}`, '{"second":1}\r\n\r\n']
    expect((await sendRaw(port, bytes)).text).toMatch(/validation_failed|malformed_request/)
  })

  test('too large by its own word is refused before it is sent', async () => {
    const answer = await sendRaw(port, [`${authorized('Content-Length: 10000000')}\r\n{`])
    expectProblem(answer, 'payload_too_large')
  })

  test('too large in chunks is refused as soon as it is', async () => {
    const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`
    const answer = await sendRaw(port, [
      `${authorized('Transfer-Encoding: chunked')}\r\n`,
      ...Array(6).fill(chunk),
    ])
    expectProblem(answer, 'payload_too_large')
  })

  test('in chunks that fit is taken', async () => {
    const body = JSON.stringify(household())
    const chunks = `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`
    const answer = await sendRaw(port, [
      `${authorized('Transfer-Encoding: chunked', 'Connection: close')}\r\n${chunks}`,
    ])
    expect(answer.status).toBe(201)
  })
})

test('the service goes on after all of this', async () => {
  expect((await gateway.api('GET /health/ready')).status).toBe(200)
})
