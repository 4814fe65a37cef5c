import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunningSimulator } from '#simulators/core/simulator'
import { startOneUtilityBillSimulator } from '#simulators/one-utility-bill/index'
import { ask, at, clientOf, oneUtilityBillClient, type Reply, tokenForm } from '#test/simulator-client'

const quote = { postcode: 'NE1 2QB', bed_size: 4, tenancy_start_date: '2026-09-30' }
const other = { client_id: 'other-client', client_secret: 'other-secret' }

let time: { now: number }
let simulator: RunningSimulator

beforeEach(async () => {
  time = { now: Date.parse('2026-09-01T12:00:00.000Z') }
  simulator = await startOneUtilityBillSimulator({ clock: () => new Date(time.now), clients: [other] })
})
afterEach(() => simulator.stop())

const askToken = (form: Record<string, string>): Promise<Reply> =>
  ask(`${simulator.url}/oauth/token`, 'POST', { form })

function clientWith(answer: Reply) {
  const authorization = `Bearer ${at(answer.body, 'access_token')}`
  return clientOf(simulator, { authorization, accept: 'application/json' })
}

describe('a token', () => {
  it('is answered as documented and not to be kept by anybody between', async () => {
    const answer = await askToken(tokenForm(simulator))
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
      body: { access_token: expect.stringMatching(/^[\w-]{43}$/), token_type: 'Bearer', expires_in: 3600 },
    })
  })

  it('is valid for 3600 seconds by the clock', async () => {
    const client = clientWith(await askToken(tokenForm(simulator)))
    time.now += 3_599_999
    expect((await client.post('/api/v1/quotes', quote)).status).toBe(201)
    time.now += 1
    const refused = await client.post('/api/v1/quotes', quote)
    expect(refused).toMatchObject({ status: 401, body: { message: 'Unauthenticated.' } })
    expect(at(refused.body, 'meta', 'request_id')).toMatch(/^[0-9a-f]{40}$/)
  })

  it('is not revoked by the next one', async () => {
    const first = clientWith(await askToken(tokenForm(simulator)))
    const second = clientWith(await askToken(tokenForm(simulator)))
    expect((await first.post('/api/v1/quotes', quote)).status).toBe(201)
    expect((await second.post('/api/v1/quotes', quote)).status).toBe(201)
  })

  it('reaches no further than its scope', async () => {
    const client = clientWith(await askToken(tokenForm(simulator, 'leads')))
    expect(await client.post('/api/v1/quotes', quote)).toMatchObject({
      status: 403,
      body: { message: 'Invalid scope(s) provided.' },
    })
  })

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }, 401],
    ['an unknown client', { client_id: 'nobody' }, 401],
    ['another grant', { grant_type: 'password' }, 422],
    ['an unknown scope', { scope: 'leads orders' }, 422],
    ['an empty scope', { scope: '' }, 422],
    ['an unknown field', { audience: 'x' }, 422],
  ])('is refused for %s', async (_case, changes, status) => {
    const answer = await askToken({ ...tokenForm(simulator), ...changes })
    expect(answer.status).toBe(status)
    expect(at(answer.body, 'meta', 'request_id')).toMatch(/^[0-9a-f]{40}$/)
    expect(simulator.count('tokens.create')).toBe(0)
  })

  it('is asked for by a form and nothing else', async () => {
    const answer = await ask(`${simulator.url}/oauth/token`, 'POST', { json: tokenForm(simulator) })
    expect(answer).toMatchObject({ status: 400, body: { message: 'Bad Request.' } })
  })
})

describe('without credentials or Accept', () => {
  it.each([
    ['no token', { accept: 'application/json' }, 401],
    ['an unknown token', { accept: 'application/json', authorization: 'Bearer unknown' }, 401],
  ])('%s is refused with the limit on it', async (_case, headers, status) => {
    const answer = await ask(`${simulator.url}/api/v1/quotes`, 'POST', { headers, json: quote })
    expect(answer.status).toBe(status)
    expect(answer.headers).toMatchObject({ 'x-ratelimit-limit': '25', 'x-ratelimit-remaining': '24' })
  })

  it('a request that does not ask for JSON is refused', async () => {
    const authorization = `Bearer ${at((await askToken(tokenForm(simulator))).body, 'access_token')}`
    const answer = await ask(`${simulator.url}/api/v1/quotes`, 'POST', {
      headers: { authorization },
      json: quote,
    })
    expect(answer.status).toBe(406)
  })
})

describe('the rate limit', () => {
  async function spend(requests: number) {
    const client = await oneUtilityBillClient(simulator)
    for (let sent = 1; sent < requests; sent++) await client.post('/api/v1/quotes', quote)
    return client
  }

  it('counts the token request too, and says what is left', async () => {
    const client = await spend(3)
    const { headers } = await client.post('/api/v1/quotes', quote)
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '25', 'x-ratelimit-remaining': '21' })
  })

  it('lets 25 requests through in 10 seconds, and says when the next may come', async () => {
    const client = await spend(25)
    time.now += 5_500
    const answer = await client.post('/api/v1/quotes', quote)
    expect(answer).toMatchObject({
      status: 429,
      body: { message: 'Too Many Attempts.' },
      headers: {
        'x-ratelimit-limit': '25',
        'x-ratelimit-remaining': '0',
        'retry-after': '5',
        'x-ratelimit-reset': String(Date.parse('2026-09-01T12:00:10Z') / 1_000),
      },
    })
    expect(simulator.count('quotes.create')).toBe(24)
  })

  it('slides: room comes back request by request', async () => {
    const client = await spend(20)
    time.now += 6_000
    for (let sent = 0; sent < 5; sent++) await client.post('/api/v1/quotes', quote)
    expect((await client.post('/api/v1/quotes', quote)).status).toBe(429)
    time.now += 4_000
    const answer = await client.post('/api/v1/quotes', quote)
    expect(answer).toMatchObject({ status: 201, headers: { 'x-ratelimit-remaining': '19' } })
  })

  it('is kept for each client alone', async () => {
    await spend(25)
    const answer = await askToken({ ...tokenForm(simulator), ...other })
    expect(answer).toMatchObject({ status: 200, headers: { 'x-ratelimit-remaining': '24' } })
  })

  it('stands on answers to unknown paths and unreadable bodies too', async () => {
    const client = await oneUtilityBillClient(simulator)
    const unknown = await client.get('/api/v1/orders')
    const unreadable = await ask(`${simulator.url}/api/v1/quotes`, 'POST', {
      headers: { 'content-type': 'application/json' },
      text: '{',
    })
    expect(unknown).toMatchObject({ status: 404, headers: { 'x-ratelimit-remaining': '23' } })
    expect(unreadable).toMatchObject({ status: 400, headers: { 'x-ratelimit-remaining': '24' } })
  })
})

it('counts nothing when the limit is off', async () => {
  const unlimited = await startOneUtilityBillSimulator({ limit: 'off' })
  const client = await oneUtilityBillClient(unlimited)
  const answers = await Promise.all(Array.from({ length: 40 }, () => client.post('/api/v1/quotes', quote)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(answers[39]?.headers['x-ratelimit-remaining']).toBe('999999')
  await unlimited.stop()
})
