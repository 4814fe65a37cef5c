import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { makeAccount, makeKey } from '#test/keys'
import { seedKey } from '#test/seed'

const now = new Date('2026-11-21T12:00:00.000Z')
let gateway: TestGateway
let account: Awaited<ReturnType<typeof makeAccount>>
let admin: string
let made: Awaited<ReturnType<typeof makeKey>>
let replacement: Awaited<ReturnType<typeof makeKey>>
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
  account = await makeAccount(gateway)
  admin = account.api_key.secret
  made = await makeKey(gateway, { name: 'Jane' }, { key: admin, headers: { 'x-request-id': 'making' } })
  replacement = (await gateway.api(`POST /v1/api-keys/${made.id}/rotate`, { key: admin })).body
  await gateway.api(`DELETE /v1/api-keys/${replacement.id}`, { key: admin })
  await gateway.api(`DELETE /v1/api-keys/${replacement.id}`, { key: admin })
})
afterAll(() => gateway.close())

const read = async (query = '', key = admin) => {
  const { status, body } = await gateway.api(`GET /v1/audit-log${query}`, { key })
  expect(status).toBe(200)
  return body
}
const actions = async (query = '') => (await read(query)).data.map(({ action }: { action: string }) => action)

describe('GET /v1/audit-log', () => {
  test('says who did what, newest first, without names and secrets', async () => {
    const log = await read()
    const actor = { type: 'api_key', key_id: account.api_key.id }
    const common = { id: expect.stringMatching(/^audit_/), object: 'audit_entry', mode: 'test' }
    const known = { ...common, actor, request_id: expect.any(String), created_at: now.toISOString() }
    const outline = { mode: 'test', scopes: ['quotes:read'], expires_at: null }
    const replaced = { ...outline, hint: replacement.hint, new_key_id: replacement.id }
    expect(log.data).toEqual([
      { ...known, action: 'api_keys.revoked', resource: replacement.id, data: { hint: replacement.hint } },
      {
        ...known,
        action: 'api_keys.rotated',
        resource: made.id,
        data: { ...replaced, old_key_ends_at: now.toISOString() },
      },
      {
        ...known,
        action: 'api_keys.created',
        resource: made.id,
        data: { ...outline, hint: made.hint },
        request_id: 'making',
      },
      {
        ...known,
        actor: { type: 'operator', key_id: null },
        action: 'api_keys.created',
        resource: account.api_key.id,
        data: { ...outline, scopes: ['admin'], hint: account.api_key.hint },
      },
    ])
    const text = JSON.stringify(log)
    for (const hidden of ['Jane', made.secret, replacement.secret, admin]) expect(text).not.toContain(hidden)
  })

  test('names whoever made an account in the log of the maker', async () => {
    const { data } = await read('?action=accounts.created', gateway.key)
    const { id, hint } = account.api_key
    expect(data).toMatchObject([
      { actor: { type: 'api_key' }, resource: account.id, data: { mode: 'test', key_id: id, hint } },
    ])
  })

  test('filters by action, by resource and by key', async () => {
    expect(await actions('?action=api_keys.created')).toEqual(['api_keys.created', 'api_keys.created'])
    expect(await actions(`?resource=${made.id}`)).toEqual(['api_keys.rotated', 'api_keys.created'])
    const byAdmin = `key_id=${account.api_key.id}`
    expect(await actions(`?${byAdmin}`)).toEqual(['api_keys.revoked', 'api_keys.rotated', 'api_keys.created'])
    expect(await actions(`?${byAdmin}&action=api_keys.created`)).toEqual(['api_keys.created'])
    expect(await actions(`?resource=${made.id}&${byAdmin}&action=api_keys.rotated`)).toEqual([
      'api_keys.rotated',
    ])
    expect(await actions(`?key_id=${made.id}`)).toEqual([])
  })

  test('is read over pages', async () => {
    const first = await read('?limit=3')
    const second = await read(`?limit=3&cursor=${first.next_cursor}`)
    expect([first.data.length, first.has_more, second.data.length, second.has_more]).toEqual([
      3,
      true,
      1,
      false,
    ])
    expect([...first.data, ...second.data]).toEqual((await read()).data)
  })

  test.each(['resource=nothing', 'key_id=quote_01kb2z6x9ve8vs2m0g5a7d3c1r', 'actor=me'])(
    'refuses ?%s',
    async query => {
      expectProblem(await gateway.api(`GET /v1/audit-log?${query}`, { key: admin }), 'validation_failed')
    },
  )

  test('is for admins of the account, in its mode', async () => {
    const { secret } = await makeKey(gateway, { scopes: ['webhooks:read'] }, { key: admin })
    expectProblem(await gateway.api('GET /v1/audit-log', { key: secret }), 'forbidden')
    const { key } = await seedKey(gateway)
    expect((await read('', key)).data).toEqual([])
    expect((await read(`?resource=${made.id}`, key)).data).toEqual([])
  })
})
