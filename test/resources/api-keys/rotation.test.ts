import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { makeKey } from '#test/keys'
import { seedKey } from '#test/seed'

let now = new Date('2026-11-21T12:00:00.000Z')
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

const pass = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1_000)
}
const rotate = (id: string, request: Parameters<TestGateway['api']>[1] = {}) =>
  gateway.api(`POST /v1/api-keys/${id}/rotate`, request)
const statusOf = async (key: string) => (await gateway.api('GET /v1/quotes', { key })).status

describe('POST /v1/api-keys/{key_id}/rotate', () => {
  test('makes a key like the old one, and ends that at once', async () => {
    const given = { name: 'Portal', scopes: ['quotes:read'], metadata: { team: 'lettings' } }
    const old = await makeKey(gateway, { ...given, expires_at: '2027-01-01T00:00:00Z' })
    expect(await statusOf(old.secret)).toBe(200)
    pass(1)
    const { status, headers, body } = await rotate(old.id)
    expect(status).toBe(201)
    expect(headers['location']).toBe(`/v1/api-keys/${body.id}`)
    const { id: _id, hint: _hint, secret: _secret, ...same } = old
    expect(body).toMatchObject({ ...same, created_at: now.toISOString() })
    expect([body.id, body.secret, body.hint]).not.toEqual([old.id, old.secret, old.hint])
    expect(await statusOf(old.secret)).toBe(401)
    expect(await statusOf(body.secret)).toBe(200)
    const { body: ended } = await gateway.api(`GET /v1/api-keys/${old.id}`)
    expect(ended.revoked_at).toBe(now.toISOString())
  })

  test('lets the old one live on for as long as asked', async () => {
    const old = await makeKey(gateway)
    const { body } = await rotate(old.id, { body: { overlap_seconds: 60 } })
    pass(59)
    expect([await statusOf(old.secret), await statusOf(body.secret)]).toEqual([200, 200])
    pass(1)
    expect([await statusOf(old.secret), await statusOf(body.secret)]).toEqual([401, 200])
  })

  test('never lets the old one outlive its own end', async () => {
    const expires_at = new Date(now.getTime() + 10_000).toISOString()
    const old = await makeKey(gateway, { expires_at })
    const { body } = await rotate(old.id, { body: { overlap_seconds: 604_800 } })
    expect(body.expires_at).toBe(expires_at)
    expect((await gateway.api(`GET /v1/api-keys/${old.id}`)).body.expires_at).toBe(expires_at)
  })

  test('rotates once for one idempotency key, also the key that asks', async () => {
    const { id, secret } = await makeKey(gateway, { scopes: ['admin'] })
    const request = { key: secret, body: { overlap_seconds: 60 }, headers: { 'idempotency-key': 'rotate' } }
    const [first, second] = [await rotate(id, request), await rotate(id, request)]
    expect(first.status).toBe(201)
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(second.text).toBe(first.text)
  })

  test('is done once when two ask for it at the same time', async () => {
    const { id } = await makeKey(gateway)
    const answers = await Promise.all([rotate(id), rotate(id)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
  })

  test('is not for keys that have ended', async () => {
    const revoked = await makeKey(gateway)
    await gateway.api(`DELETE /v1/api-keys/${revoked.id}`)
    expectProblem(await rotate(revoked.id), 'state_conflict')
    const expired = await makeKey(gateway, { expires_at: new Date(now.getTime() + 1_000).toISOString() })
    pass(1)
    expectProblem(await rotate(expired.id), 'state_conflict')
  })

  test('is not for the bootstrap key, which the environment gives', async () => {
    const { body } = await gateway.api('GET /v1/api-keys?limit=100')
    const bootstrap = body.data.find(({ source }: { source: string }) => source === 'environment')
    const { detail } = expectProblem(await rotate(bootstrap.id), 'state_conflict')
    expect(detail).toContain('BILLBRIDGE_API_KEY')
  })

  test('gives nobody the secret of a key that may do more', async () => {
    const above = await makeKey(gateway, { scopes: ['admin', 'platform'] })
    const { secret } = await makeKey(gateway, { scopes: ['admin'] })
    expectProblem(await rotate(above.id, { key: secret }), 'forbidden')
    expect(await statusOf(above.secret)).toBe(200)
  })

  test('is not for the keys of others', async () => {
    const { id } = await makeKey(gateway)
    const { key } = await seedKey(gateway)
    expectProblem(await rotate(id, { key }), 'not_found')
  })

  test.each([-1, 604_801, 1.5, '60'])('refuses an overlap of %j', async overlap_seconds => {
    const { id } = await makeKey(gateway)
    const { errors } = expectProblem(await rotate(id, { body: { overlap_seconds } }), 'validation_failed')
    expect(errors).toMatchObject([{ pointer: '/overlap_seconds' }])
  })
})
