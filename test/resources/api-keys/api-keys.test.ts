import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { textOfTables } from '#test/database-text'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { makeKey } from '#test/keys'
import { bootstrapAccount } from '#test/seeded-order'
import { seedKey } from '#test/seed'
import { newId } from '#values/ids'

let now = new Date('2026-11-21T12:00:00.000Z')
let gateway: TestGateway
/** An admin of the bootstrap account in live mode, as a live installation has one. */
let live: string
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
  const accountId = await bootstrapAccount(gateway)
  live = (await seedKey(gateway, { accountId, mode: 'live', scopes: ['admin'] })).key
})
afterAll(() => gateway.close())

const create = (body: object, key = gateway.key) => gateway.api('POST /v1/api-keys', { body, key })
const statusOf = async (key: string) => (await gateway.api('GET /v1/quotes', { key })).status

describe('POST /v1/api-keys', () => {
  test('makes a key that opens what its scopes allow, and shows it this once', async () => {
    const expires_at = '2026-11-22T12:00:00.000Z'
    const given = { name: 'Portal', scopes: ['quotes:read'], mode: 'test', metadata: { team: 'lettings' } }
    const scopes = ['quotes:read', 'quotes:read']
    const { status, headers, body } = await create({ ...given, scopes, expires_at })
    const { secret, ...shown } = body
    expect(status).toBe(201)
    expect(headers['location']).toBe(`/v1/api-keys/${shown.id}`)
    expect(secret).toMatch(/^bb_test_[A-Za-z0-9]{43}$/)
    expect(shown).toEqual({
      id: expect.stringMatching(/^key_/),
      object: 'api_key',
      ...given,
      hint: `${secret.slice(0, 11)}…${secret.slice(-4)}`,
      source: 'api',
      created_at: now.toISOString(),
      expires_at,
      last_used_at: null,
      revoked_at: null,
    })
    expect((await gateway.api(`GET /v1/api-keys/${shown.id}`)).body).toEqual(shown)
    expect(await statusOf(secret)).toBe(200)
    expectProblem(await gateway.api('GET /v1/orders', { key: secret }), 'forbidden')
    expectProblem(await gateway.api('GET /v1/api-keys', { key: secret }), 'forbidden')
  })

  test('gives the same key again to the same request, which is kept encrypted', async () => {
    const body = { name: 'Again', scopes: ['quotes:read'], mode: 'test' }
    const request = { body, headers: { 'idempotency-key': 'once' } }
    const [first, second] = [
      await gateway.api('POST /v1/api-keys', request),
      await gateway.api('POST /v1/api-keys', request),
    ]
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(second.text).toBe(first.text)
    const random = first.body.secret.slice('bb_test_'.length)
    expect((await gateway.api('GET /v1/api-keys?limit=100')).text).not.toContain(random)
    expect(gateway.logs.join('')).not.toContain(random)
    const kept = await textOfTables(gateway)
    expect(kept).toContain(first.body.hint)
    expect(kept).not.toContain(random)
  })

  test.each([
    [{ scopes: ['quotes:read', 'qoutes:read'] }, '/scopes/1', 'invalid_value'],
    [{ scopes: ['quotes'] }, '/scopes/0', 'invalid_value'],
    [{ scopes: ['accounts:write'] }, '/scopes/0', 'invalid_value'],
    [{ scopes: [] }, '/scopes', 'too_small'],
    [{ expires_at: '2026-11-21T12:00:00.000Z' }, '/expires_at', 'out_of_range'],
    [{ expires_at: '2026-11-22' }, '/expires_at', 'invalid_format'],
    [{ mode: 'sandbox' }, '/mode', 'invalid_value'],
    [{ name: ' ' }, '/name', 'too_small'],
    [{ secret: 'bb_test_mine' }, '/secret', 'unknown_field'],
  ])('refuses %j', async (wrong, pointer, code) => {
    const answer = await create({ name: 'Till', scopes: ['quotes:read'], mode: 'test', ...wrong })
    expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
  })

  test('gives no scope that the maker lacks', async () => {
    const admin = await makeKey(gateway, { scopes: ['admin'] })
    const wanted = { name: 'More', scopes: ['quotes:read', 'platform'], mode: 'test' }
    const { detail } = expectProblem(await create(wanted, admin.secret), 'forbidden')
    expect(detail).toBe('This key lacks the scope platform.')
    expect((await create(wanted)).status).toBe(201)
  })

  test('takes a scope that only previews ask for', async () => {
    const { secret } = await makeKey(gateway, { scopes: ['carts:read'] })
    expectProblem(await gateway.api('POST /v1/carts', { key: secret, body: {} }), 'forbidden')
    expectProblem(
      await gateway.api('POST /v1/carts?preview=true', { key: secret, body: {} }),
      'validation_failed',
    )
  })

  test('makes keys of both modes for a live key, and no live ones for a test key', async () => {
    const wanted = { name: 'Live', scopes: ['quotes:read'], mode: 'live' }
    expectProblem(await create(wanted), 'forbidden')
    const { secret } = await makeKey(gateway, wanted, { key: live })
    expect(secret).toMatch(/^bb_live_/)
    const forTests = await makeKey(gateway, {}, { key: live })
    expect(forTests).toMatchObject({ mode: 'test', secret: expect.stringMatching(/^bb_test_/) })
    expect((await gateway.api(`GET /v1/api-keys/${forTests.id}`)).status).toBe(200)
  })
})

describe('a key with an end', () => {
  test('is refused from then on', async () => {
    const { secret } = await makeKey(gateway, { expires_at: '2026-11-21T12:00:01Z' })
    expect(await statusOf(secret)).toBe(200)
    now = new Date(now.getTime() + 1_000)
    expect(await statusOf(secret)).toBe(401)
  })
})

describe('GET /v1/api-keys', () => {
  test('lists those of the account over pages, newest first, without secrets', async () => {
    const { key, keyId } = await seedKey(gateway)
    const ids = [keyId, (await makeKey(gateway, {}, { key })).id, (await makeKey(gateway, {}, { key })).id]
    const first = await gateway.api('GET /v1/api-keys?limit=2', { key })
    const second = await gateway.api(`GET /v1/api-keys?cursor=${first.body.next_cursor}`, { key })
    const listed = [...first.body.data, ...second.body.data]
    expect(listed.map(({ id }) => id)).toEqual(ids.toReversed())
    expect(listed.filter(shown => 'secret' in shown)).toEqual([])
  })

  test('shows live keys to live keys only', async () => {
    const { id } = await makeKey(gateway, { mode: 'live' }, { key: live })
    const idsOf = async (mode: string) =>
      (await gateway.api(`GET /v1/api-keys?mode=${mode}&limit=100`, { key: live })).body.data.map(
        (key: { id: string }) => key.id,
      )
    expect(await idsOf('live')).toContain(id)
    expect(await idsOf('test')).not.toContain(id)
    expect(await idsOf('test')).not.toEqual([])
    expectProblem(await gateway.api('GET /v1/api-keys?mode=live'), 'forbidden')
    expectProblem(await gateway.api(`GET /v1/api-keys/${id}`), 'not_found')
    expectProblem(await gateway.api(`DELETE /v1/api-keys/${id}`), 'not_found')
    expectProblem(await gateway.api(`POST /v1/api-keys/${id}/rotate`), 'not_found')
  })
})

describe('DELETE /v1/api-keys/{key_id}', () => {
  test('ends a key at once, for good, and says the same when repeated', async () => {
    const { id, secret } = await makeKey(gateway)
    expect(await statusOf(secret)).toBe(200)
    expect(await gateway.api(`DELETE /v1/api-keys/${id}`)).toMatchObject({ status: 204, text: '' })
    expectProblem(await gateway.api('GET /v1/quotes', { key: secret }), 'unauthenticated')
    const revoked_at = now.toISOString()
    now = new Date(now.getTime() + 60_000)
    expect((await gateway.api(`DELETE /v1/api-keys/${id}`)).status).toBe(204)
    expect((await gateway.api(`GET /v1/api-keys/${id}`)).body).toMatchObject({ revoked_at })
  })

  test('ends it in other processes within five seconds', async () => {
    const { database, simulators, key: bootstrap } = gateway
    const environment = { BILLBRIDGE_API_KEY: bootstrap }
    const other = await startTestGateway({ database, simulators, environment, now: () => now })
    onTestFinished(() => other.close())
    const { id, secret } = await makeKey(gateway)
    const there = async () => (await other.api('GET /v1/quotes', { key: secret })).status
    expect(await there()).toBe(200)
    await gateway.api(`DELETE /v1/api-keys/${id}`)
    now = new Date(now.getTime() + 5_000)
    expect(await there()).toBe(401)
  })

  test('lets a live key end a test key', async () => {
    const { id, secret } = await makeKey(gateway)
    expect((await gateway.api(`DELETE /v1/api-keys/${id}`, { key: live })).status).toBe(204)
    expect(await statusOf(secret)).toBe(401)
  })

  test('lets the last key of an account end itself', async () => {
    const { key, keyId } = await seedKey(gateway)
    expect((await gateway.api(`DELETE /v1/api-keys/${keyId}`, { key })).status).toBe(204)
    expect(await statusOf(key)).toBe(401)
  })

  test('does not know keys that there are not', async () => {
    expectProblem(await gateway.api(`DELETE /v1/api-keys/${newId('key')}`), 'not_found')
  })
})
