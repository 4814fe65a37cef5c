import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOfTables } from '#test/database-text'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { makeAccount, makeKey } from '#test/keys'
import { leadRequest } from '#test/lead-requests'
import { bootstrapAccount } from '#test/seeded-order'
import { seedKey } from '#test/seed'

const now = new Date('2026-11-21T12:00:00.000Z')
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

const create = (body: object, key = gateway.key) => gateway.api('POST /v1/accounts', { body, key })

describe('POST /v1/accounts', () => {
  test('makes an account, and shows its first key this once', async () => {
    const { status, headers, body } = await create({ name: 'Coquet Lettings', metadata: { plan: 'a' } })
    expect(status).toBe(201)
    expect(headers).not.toHaveProperty('location')
    const { secret, ...key } = body.api_key
    expect(body).toEqual({
      id: expect.stringMatching(/^account_/),
      object: 'account',
      mode: 'test',
      name: 'Coquet Lettings',
      metadata: { plan: 'a' },
      created_at: now.toISOString(),
      api_key: expect.objectContaining({ name: 'First key', scopes: ['admin'], expires_at: null }),
    })
    expect((await gateway.api('GET /v1/api-keys', { key: secret })).body.data).toEqual([
      { ...key, last_used_at: now.toISOString() },
    ])
  })

  test('gives the same first key again to the same request, which is kept encrypted', async () => {
    const request = { body: { name: 'Again' }, headers: { 'idempotency-key': 'once' } }
    const first = await gateway.api('POST /v1/accounts', request)
    const second = await gateway.api('POST /v1/accounts', request)
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(second.text).toBe(first.text)
    const random = first.body.api_key.secret.slice('bb_test_'.length)
    expect(await textOfTables(gateway)).not.toContain(random)
    expect(gateway.logs.join('')).not.toContain(random)
  })

  test('takes the scope platform, which its first key lacks', async () => {
    const { api_key } = await makeAccount(gateway)
    expectProblem(await create({ name: 'Below' }, api_key.secret), 'forbidden')
    const { secret } = await makeKey(gateway, { scopes: ['platform'] })
    expect((await create({ name: 'Beside' }, secret)).status).toBe(201)
    expectProblem(
      await gateway.api('POST /v1/accounts?preview=true', { key: api_key.secret, body: { name: 'x' } }),
      'validation_failed',
    )
  })

  test('makes live accounts with live keys only', async () => {
    const accountId = await bootstrapAccount(gateway)
    const { key } = await seedKey(gateway, { accountId, mode: 'live', scopes: ['platform'] })
    expectProblem(await create({ name: 'Live', mode: 'live' }), 'forbidden')
    expect((await create({ name: 'Live' }, key)).body).toMatchObject({
      mode: 'live',
      api_key: { mode: 'live' },
    })
    expect((await create({ name: 'Test', mode: 'test' }, key)).body).toMatchObject({
      api_key: { mode: 'test' },
    })
  })

  test.each([
    [{}, '/name'],
    [{ name: '' }, '/name'],
    [{ name: 'A', mode: 'demo' }, '/mode'],
    [{ name: 'A', scopes: ['platform'] }, '/scopes'],
  ])('refuses %j', async (body, pointer) => {
    expect(expectProblem(await create(body), 'validation_failed').errors).toMatchObject([{ pointer }])
  })
})

describe('two accounts', () => {
  let one: string
  let other: string
  beforeAll(async () => {
    one = (await makeAccount(gateway, { name: 'One' })).api_key.secret
    other = (await makeAccount(gateway, { name: 'Other' })).api_key.secret
  })

  test.each([
    ['quotes', household({ providers: ['homebox'] })],
    ['leads', leadRequest({ providers: ['homebox'] })],
    ['webhooks', { url: 'https://agency.example/hooks' }],
    ['api-keys', { name: 'Till', scopes: ['quotes:read'], mode: 'test' }],
  ] as const)('never see each other’s %s', async (kind, body) => {
    const made = await gateway.api(`POST /v1/${kind}`, { key: one, body })
    expect(made.status).toBe(201)
    const { id } = made.body
    expect((await gateway.api(`GET /v1/${kind}/${id}`, { key: one })).status).toBe(200)
    for (const key of [other, gateway.key]) {
      expectProblem(await gateway.api(`GET /v1/${kind}/${id}`, { key }), 'not_found')
      expect((await gateway.api(`GET /v1/${kind}?limit=100`, { key })).text).not.toContain(id)
    }
  })

  test('use the same idempotency key without meeting', async () => {
    const body = { name: 'Till', scopes: ['quotes:read'], mode: 'test' }
    const make = (key: string) =>
      gateway.api('POST /v1/api-keys', { key, body, headers: { 'idempotency-key': 'same' } })
    const [mine, theirs] = [await make(one), await make(other)]
    expect(theirs.status).toBe(201)
    expect(theirs.body.id).not.toBe(mine.body.id)
    expect(theirs.headers).not.toHaveProperty('idempotent-replayed')
  })

  test('cannot read on in each other’s lists', async () => {
    await makeKey(gateway, {}, { key: one })
    const { body } = await gateway.api('GET /v1/api-keys?limit=1', { key: one })
    const route = `GET /v1/api-keys?limit=1&cursor=${body.next_cursor}` as const
    expect((await gateway.api(route, { key: one })).status).toBe(200)
    expectProblem(await gateway.api(route, { key: other }), 'malformed_request')
  })
})
