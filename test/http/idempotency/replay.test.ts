import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ApiAnswer } from '#test/api'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { seedKey } from '#test/seed'
import { PATIENCE } from '#test/patience'

/** For what takes a moment on a busy machine. */

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const post = (
  idempotencyKey: string,
  body: unknown = household(),
  more: { key?: string; route?: `/${string}` } = {},
) =>
  gateway.api(`POST ${more.route ?? '/v1/quotes'}`, {
    body,
    headers: { 'idempotency-key': idempotencyKey },
    ...(more.key ? { key: more.key } : {}),
  })

/** How many requests reached the providers while `work` ran. */
async function upstreamCalls(work: () => Promise<unknown>): Promise<number> {
  const count = () => {
    const { homebox, one_utility_bill } = gateway.simulators
    return homebox.requests().length + one_utility_bill.requests().length
  }
  const before = count()
  await work()
  return count() - before
}

async function recordsOf(key: string): Promise<object[]> {
  const text = 'SELECT state FROM idempotency_records WHERE key = $1'
  return (await gateway.services.database.sql.query(text, [key])).rows
}

const isReplay = ({ headers }: ApiAnswer) => headers['idempotent-replayed'] === 'true'

describe('the same request again', () => {
  test('is answered with the first answer, byte for byte, and nobody is asked again', async () => {
    const key = randomUUID()
    const first = await post(key)
    expect(first.status).toBe(201)
    expect(isReplay(first)).toBe(false)
    const again: ApiAnswer[] = []
    expect(
      await upstreamCalls(async () => again.push(await post(key), await post(key), await post(key))),
    ).toBe(0)
    for (const answer of again) {
      expect(isReplay(answer)).toBe(true)
      expect(answer).toMatchObject({ status: 201, text: first.text })
      expect(answer.headers['location']).toBe(`/v1/quotes/${first.body.id}`)
      expect(answer.headers['content-type']).toBe(first.headers['content-type'])
    }
    expect(new Set([first, ...again].map(({ headers }) => headers['x-request-id'])).size).toBe(4)
  })

  test('twenty times at once is carried out once', async () => {
    const { homebox } = gateway.simulators
    homebox.arm({ operation: 'packages.list', fault: 'slow', ms: 300 })
    const key = randomUUID()
    let answers: ApiAnswer[] = []
    const calls = await upstreamCalls(async () => {
      answers = await Promise.all(Array.from({ length: 20 }, () => post(key)))
    })
    const created = answers.filter(answer => answer.status === 201)
    const conflicts = answers.filter(answer => answer.status === 409)
    expect(created.filter(answer => !isReplay(answer))).toHaveLength(1)
    expect(created.length + conflicts.length).toBe(20)
    for (const conflict of conflicts) {
      expectProblem(conflict, 'idempotency_conflict')
      expect(conflict.headers['retry-after']).toBe('1')
    }
    expect(calls).toBe(await upstreamCalls(() => post(randomUUID())))
    expect((await post(key)).text).toBe(created[0]?.text)
  })

  test('finds the answer that its first sender did not wait for', async () => {
    const url = await gateway.app.listen({ port: 0, host: '127.0.0.1' })
    const { homebox } = gateway.simulators
    homebox.arm({ operation: 'packages.list', fault: 'slow', ms: 1_000 })
    const [key, asked, leaving] = [randomUUID(), homebox.requests().length, new AbortController()]
    const headers = {
      authorization: `Bearer ${gateway.key}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    }
    const body = JSON.stringify(household())
    const lost = fetch(`${url}/v1/quotes`, { method: 'POST', headers, body, signal: leaving.signal })
    await vi.waitFor(() => expect(homebox.requests().length).toBe(asked + 1), PATIENCE)
    leaving.abort()
    await expect(lost).rejects.toThrow()
    const found = await vi.waitFor(async () => {
      const answer = await post(key)
      expect(answer.status).toBe(201)
      return answer
    }, PATIENCE)
    expect(isReplay(found)).toBe(true)
    expect(homebox.requests()).toHaveLength(asked + 1)
  })

  test('is the same in another order of keys and with other white space', async () => {
    const key = randomUUID()
    const first = await post(key)
    const reversed = Object.fromEntries(Object.entries(household()).reverse())
    const payload = JSON.stringify(reversed, null, 2)
    const again = await gateway.api('POST /v1/quotes', { payload, headers: { 'idempotency-key': key } })
    expect(again.text).toBe(first.text)
  })

  test('is the same under the quoted form of its key', async () => {
    const key = randomUUID()
    const first = await post(`"${key}"`)
    expect((await post(key)).text).toBe(first.text)
  })

  test('without a key is another one', async () => {
    const [one, other] = [
      await gateway.api('POST /v1/quotes', { body: household() }),
      await gateway.api('POST /v1/quotes', { body: household() }),
    ]
    expect(one.body.id).not.toBe(other.body.id)
  })
})

describe('a key', () => {
  test('used with another body is refused, and the first answer stays', async () => {
    const key = randomUUID()
    const first = await post(key)
    const calls = await upstreamCalls(async () => {
      expectProblem(await post(key, household({ occupants: 2, bill_payers: 2 })), 'idempotency_mismatch')
      expectProblem(await post(key, { ...household(), metadata: { a: 'b' } }), 'idempotency_mismatch')
    })
    expect(calls).toBe(0)
    expect((await post(key)).text).toBe(first.text)
  })

  test('of another account is another key', async () => {
    const key = randomUUID()
    const mine = await post(key)
    const theirs = await post(key, household(), { key: (await seedKey(gateway)).key })
    expect(theirs.status).toBe(201)
    expect(isReplay(theirs)).toBe(false)
    expect(theirs.body.id).not.toBe(mine.body.id)
  })

  test('of another key of the same account is the same', async () => {
    const { accountId, key: one } = await seedKey(gateway)
    const { key: other } = await seedKey(gateway, { accountId })
    const key = randomUUID()
    const first = await post(key, household(), { key: one })
    expect((await post(key, household(), { key: other })).text).toBe(first.text)
  })

  test('on another route is another key', async () => {
    const key = randomUUID()
    const { body: quote } = await post(key)
    const refreshed = await post(key, null, { route: `/v1/quotes/${quote.id}/refresh` })
    expect(refreshed.status).toBe(200)
    expect(isReplay(refreshed)).toBe(false)
  })

  test('does not open the route to a caller without its scope', async () => {
    const { accountId, key: writer } = await seedKey(gateway)
    const { key: reader } = await seedKey(gateway, { accountId, scopes: ['quotes:read'] })
    const key = randomUUID()
    await post(key, household(), { key: writer })
    expectProblem(await post(key, household(), { key: reader }), 'forbidden')
  })

  test.each(['', '""', ' ', 'x'.repeat(256), 'a\tb', 'clé', '"open'])(
    'must be well formed: %j',
    async key => {
      const calls = await upstreamCalls(async () => expectProblem(await post(key), 'malformed_request'))
      expect(calls).toBe(0)
    },
  )

  test('is of no account on a GET', async () => {
    const headers = { 'idempotency-key': '' }
    expect((await gateway.api('GET /v1/quotes', { headers })).status).toBe(200)
  })
})

describe('what is answered before anything is done burns no key', () => {
  test.each([
    ['validation_failed', { occupants: 0 }],
    ['validation_failed', { unknown: 1 }],
    ['validation_failed', { address: { address_id: 'never shown' } }],
    ['capability_not_supported', { providers: ['housr'] }],
  ] as const)('%s: %j', async (code, different) => {
    const key = randomUUID()
    expectProblem(await post(key, { ...household(), ...different }), code)
    const corrected = await post(key)
    expect(corrected.status).toBe(201)
    expect(isReplay(corrected)).toBe(false)
  })

  test('a provider that is not connected', async () => {
    const { key: live } = await seedKey(gateway, { mode: 'live' })
    const key = randomUUID()
    expectProblem(await post(key, household(), { key: live }), 'provider_not_connected')
    expect(await recordsOf(key)).toEqual([])
  })

  test('malformed JSON, a wrong type and a body that is too large', async () => {
    const key = randomUUID()
    const headers = { 'idempotency-key': key }
    const send = (payload: string, type = 'application/json') =>
      gateway.api('POST /v1/quotes', { payload, headers: { ...headers, 'content-type': type } })
    expectProblem(await send('{'), 'malformed_request')
    expectProblem(await send('{}', 'text/plain'), 'unsupported_media_type')
    expectProblem(await send(`"${'x'.repeat(300_000)}"`), 'payload_too_large')
    expect(isReplay(await post(key))).toBe(false)
  })

  test('a preview, which is not replayed either', async () => {
    const key = randomUUID()
    const preview = () => post(key, household(), { route: '/v1/quotes?preview=true' })
    expect((await preview()).body.object).toBe('preview')
    expect(isReplay(await preview())).toBe(false)
    expect(await post(key)).toMatchObject({ status: 201, body: { object: 'quote' } })
    expect(await preview()).toMatchObject({ status: 200, body: { object: 'preview' } })
  })

  test('a quote of another account', async () => {
    const { body: quote } = await gateway.api('POST /v1/quotes', { body: household() })
    const { key: stranger } = await seedKey(gateway)
    const key = randomUUID()
    const route = `/v1/quotes/${quote.id}/refresh` as const
    expectProblem(await post(key, null, { route, key: stranger }), 'not_found')
    expect(await recordsOf(key)).toEqual([])
  })
})

test('what is kept for a replay cannot be read in the database', async () => {
  const key = randomUUID()
  await post(key)
  const { rows } = await gateway.services.database.sql.query(
    "SELECT encode(body, 'escape') || encode(fingerprint, 'escape') || headers::text AS kept FROM idempotency_records WHERE key = $1",
    [key],
  )
  expect(JSON.stringify(rows)).toMatch(/location/)
  expect(JSON.stringify(rows)).not.toMatch(/NE1|Media Exchange|homebox|offer_/)
})
