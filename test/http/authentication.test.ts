import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeApiKey } from '#accounts/api-key'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { seedKey } from '#test/seed'

let gateway: TestGateway
let time = Date.parse('2026-08-01T09:00:00Z')
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => new Date(time) })
})
afterAll(() => gateway.close())

async function expectUnauthenticated(headers: Record<string, string>, query = ''): Promise<void> {
  const answer = await gateway.api(`GET /v1/quotes${query}`, { key: null, headers })
  expectProblem(answer, 'unauthenticated')
  expect(answer.headers['www-authenticate']).toBe('Bearer realm="billbridge"')
}

describe('a request without a valid key', () => {
  test('is 401 with a challenge: no header', async () => {
    await expectUnauthenticated({})
  })

  test.each([
    ['nothing', ''],
    ['the scheme alone', 'Bearer'],
    ['the scheme and a space', 'Bearer '],
    ['no scheme', makeApiKey('test')],
    ['a key that nobody has', `Bearer ${makeApiKey('test')}`],
    ['another form', 'Bearer sk_live_4eC39HqLyjWDarjtT1zdp7dc'],
    ['a key that is too long', `Bearer ${'x'.repeat(4_000)}`],
    ['NUL', 'Bearer bb_test_\u0000'],
    ['SQL', "Bearer ' OR 1=1 --"],
  ])('is 401 with a challenge: %s', async (_name, authorization) => {
    await expectUnauthenticated({ authorization })
  })

  test.each(['Basic', 'Token', 'Digest', 'BearerX'])('is 401 with the scheme %s', async scheme => {
    const credentials = scheme === 'Basic' ? Buffer.from(`${gateway.key}:`).toString('base64') : gateway.key
    await expectUnauthenticated({ authorization: `${scheme} ${credentials}` })
  })

  test('is 401 with a good key and something behind or before it', async () => {
    await expectUnauthenticated({ authorization: `Bearer ${gateway.key} x` })
    await expectUnauthenticated({ authorization: `Bearer ${gateway.key}, Bearer ${gateway.key}` })
    await expectUnauthenticated({ authorization: `Bearer  ${gateway.key}` })
  })

  test('is 401 with the key anywhere else than in its header', async () => {
    await expectUnauthenticated({}, `?api_key=${gateway.key}&access_token=${gateway.key}`)
    await expectUnauthenticated({ 'x-api-key': gateway.key, cookie: `key=${gateway.key}` })
  })

  test('is told before anything about the request is', async () => {
    const answer = await gateway.api('POST /v1/quotes', {
      key: null,
      payload: '{',
      headers: { 'idempotency-key': '' },
    })
    expectProblem(answer, 'unauthenticated')
  })

  test('never shows the key again, nor logs it', async () => {
    const key = makeApiKey('test')
    const { text } = await gateway.api('GET /v1/quotes', { key })
    expect(text).not.toContain(key)
    expect(gateway.logs.join('')).not.toContain(key)
    expect(gateway.logs.join('')).not.toContain(gateway.key)
  })
})

describe('a valid key', () => {
  test('is taken whatever the case of the scheme', async () => {
    const headers = { authorization: `bearer ${gateway.key}` }
    expect((await gateway.api('GET /v1/quotes', { key: null, headers })).status).toBe(200)
  })

  test('is refused within five seconds once it is revoked', async () => {
    const { key, accountId } = await seedKey(gateway)
    expect((await gateway.api('GET /v1/quotes', { key })).status).toBe(200)
    await gateway.services.database.sql.query('UPDATE api_keys SET revoked_at = $2 WHERE account_id = $1', [
      accountId,
      new Date(time),
    ])
    time += 5_000
    expectProblem(await gateway.api('GET /v1/quotes', { key }), 'unauthenticated')
  })

  test('is refused from the moment at which it expires', async () => {
    const { key } = await seedKey(gateway, { expiresAt: new Date(time + 1_000) })
    expect((await gateway.api('GET /v1/quotes', { key })).status).toBe(200)
    time += 1_000
    expectProblem(await gateway.api('GET /v1/quotes', { key }), 'unauthenticated')
  })

  test('of live mode reaches nothing in a process of test mode', async () => {
    const { key } = await seedKey(gateway, { mode: 'live' })
    const before = gateway.simulators.homebox.requests().length
    expectProblem(await gateway.api('POST /v1/quotes', { key, body: household() }), 'provider_not_connected')
    const { body } = await gateway.api('GET /v1/providers', { key })
    expect(body.data).toMatchObject(Array(4).fill({ mode: 'live', connection: { state: 'not_connected' } }))
    expect(gateway.simulators.homebox.requests()).toHaveLength(before)
  })

  test('of live mode does not see what the same account has in test mode', async () => {
    const { key, accountId } = await seedKey(gateway)
    const { body: quote } = await gateway.api('POST /v1/quotes', { key, body: household() })
    const live = await seedKey(gateway, { mode: 'live', accountId })
    expectProblem(await gateway.api(`GET /v1/quotes/${quote.id}`, { key: live.key }), 'not_found')
    expect((await gateway.api('GET /v1/quotes', { key: live.key })).body.data).toEqual([])
    expect((await gateway.api('GET /v1/provider-calls', { key: live.key })).body.data).toEqual([])
  })
})

describe('a scope', () => {
  const as = async (...scopes: string[]) => (await seedKey(gateway, { scopes })).key

  test('is what a route needs: its first segment, and read or write', async () => {
    const key = await as('quotes:read')
    expect((await gateway.api('GET /v1/quotes', { key })).status).toBe(200)
    expect(
      expectProblem(await gateway.api('POST /v1/quotes', { key, body: household() }), 'forbidden').detail,
    ).toBe('This key lacks the scope quotes:write.')
    expectProblem(await gateway.api('GET /v1/providers', { key }), 'forbidden')
  })

  test('writes a dash as an underscore', async () => {
    expect(
      (await gateway.api('GET /v1/provider-calls', { key: await as('provider_calls:read') })).status,
    ).toBe(200)
  })

  test('to write does not include to read', async () => {
    const key = await as('quotes:write')
    expect((await gateway.api('POST /v1/quotes', { key, body: household() })).status).toBe(201)
    expectProblem(await gateway.api('GET /v1/quotes', { key }), 'forbidden')
  })

  test('to read is enough for a preview, and to write is not', async () => {
    const preview = (key: string, query = 'preview=true') =>
      gateway.api(`POST /v1/quotes?${query}`, { key, body: household() })
    expect((await preview(await as('quotes:read'))).status).toBe(200)
    expectProblem(await preview(await as('quotes:write')), 'forbidden')
    expect((await preview(await as('quotes:read'), 'previe%77=tru%65')).status).toBe(200)
  })

  test.each([
    'preview=false',
    'preview=TRUE',
    'preview=1',
    'a=1?preview=true',
    'preview',
    'preview=false&preview=true',
  ])('to read is not enough for %s', async query => {
    const answer = await gateway.api(`POST /v1/quotes?${query}`, {
      key: await as('quotes:read'),
      body: household(),
    })
    expectProblem(answer, 'forbidden')
  })

  test('to read never writes by saying preview twice', async () => {
    const key = await as('quotes:read')
    const answer = await gateway.api('POST /v1/quotes?preview=true&preview=false', { key, body: household() })
    expectProblem(answer, 'validation_failed')
    const unpreviewed = await gateway.api(
      'POST /v1/quotes/quote_01kb2z6x9ve8vs2m0g5a7d3c1r/refresh?preview=true',
      { key },
    )
    expectProblem(unpreviewed, 'validation_failed')
    expect((await gateway.api('GET /v1/quotes', { key })).body.data).toEqual([])
  })

  test('admin is everything but platform', async () => {
    const key = await as('admin')
    expect((await gateway.api('POST /v1/quotes', { key, body: household() })).status).toBe(201)
    expect((await gateway.api('GET /v1/provider-calls', { key })).status).toBe(200)
  })

  test('platform alone is nothing else', async () => {
    expectProblem(await gateway.api('GET /v1/quotes', { key: await as('platform') }), 'forbidden')
  })
})
