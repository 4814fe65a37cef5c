import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { textOfTables } from '#test/database-text'
import { expectProblem } from '#test/expect-problem'
import type { TestGateway } from '#test/gateway'
import { type AccountHere, accountAt, startOpenGateway } from '#test/own-connections'
import { newId } from '#values/ids'

const SECRET = 'c4n4ry-3f9b'
const homebox = {
  provider: 'homebox',
  name: 'Leeds',
  base_url: 'http://127.0.0.1:9/Bills/',
  credentials: { token: SECRET },
  metadata: { office: 'leeds' },
}

let gateway: TestGateway
let account: AccountHere
beforeAll(async () => {
  gateway = await startOpenGateway()
})
beforeEach(async () => {
  account = await accountAt(gateway)
})
afterAll(() => gateway.close())

const post = (body: unknown, key?: string) =>
  account.api('POST /v1/connections', { body, ...(key ? { headers: { 'idempotency-key': key } } : {}) })
const listed = async (query = '') => (await account.api(`GET /v1/connections${query}`)).body.data
const errorsOf = (answer: Awaited<ReturnType<typeof post>>) =>
  expectProblem(answer, 'validation_failed').errors

describe('a connection that an account enters', () => {
  test('is shown with the names of its credentials, and nothing of what they are', async () => {
    const { status, headers, body, text } = await post(homebox)
    expect([status, headers['location']]).toEqual([201, `/v1/connections/${body.id}`])
    expect(body).toEqual({
      id: expect.stringMatching(/^connection_/),
      object: 'connection',
      mode: 'test',
      provider: 'homebox',
      source: 'account',
      name: 'Leeds',
      base_url: 'http://127.0.0.1:9/Bills',
      credentials: ['token'],
      settings: null,
      metadata: { office: 'leeds' },
      verified_at: null,
      created_at: expect.any(String),
      updated_at: body.created_at,
    })
    expect(text).not.toContain(SECRET)
    expect((await account.api(`GET /v1/connections/${body.id}`)).body).toEqual(body)
    expect(await listed()).toEqual([body])
  })

  test('is kept sealed: no table, log line or audit entry holds its credentials', async () => {
    const { body } = await post(homebox, 'once')
    await account.api(`PATCH /v1/connections/${body.id}`, { body: { credentials: { token: `${SECRET}-2` } } })
    await account.api(`POST /v1/connections/${body.id}/verify`)
    await account.api(`DELETE /v1/connections/${body.id}`)
    await gateway.services.callLog.close()
    expect(await textOfTables(gateway)).not.toContain(SECRET)
    expect(gateway.logs.join('')).not.toContain(SECRET)
  })

  test('is one per provider: a second names the first', async () => {
    const first = (await post(homebox)).body
    const problem = expectProblem(await post({ ...homebox, name: 'York' }), 'state_conflict')
    expect(problem).toMatchObject({ resource: first.id, detail: expect.stringContaining(first.id) })
    expect(await listed()).toEqual([first])
  })

  test('is one also when two are entered at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(homebox)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409])
    expect(await listed()).toHaveLength(1)
  })

  test('is made once per idempotency key', async () => {
    const first = await post(homebox, 'again')
    const again = await post(homebox, 'again')
    expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([
      201,
      first.text,
      'true',
    ])
    expectProblem(
      await post({ ...homebox, credentials: { token: 'other' } }, 'again'),
      'idempotency_mismatch',
    )
  })

  test('goes to the public address of its provider when none is given', async () => {
    const { body } = await post({
      provider: 'one_utility_bill',
      credentials: { client_id: 'a', client_secret: 'b' },
    })
    expect(body).toMatchObject({
      name: 'One Utility Bill',
      base_url: 'https://partnerships-sandbox.oneutilitybill.co',
      credentials: ['client_id', 'client_secret'],
    })
  })

  test('is listed page by page, newest first, and by provider', async () => {
    const [first, second] = [
      (await post(homebox)).body,
      (await post({ ...homebox, provider: 'housr', credentials: { api_key: 'k' } })).body,
    ]
    expect(await listed()).toEqual([second, first])
    const page = (await account.api('GET /v1/connections?limit=1')).body
    expect([page.data, page.has_more]).toEqual([[second], true])
    expect(await listed(`?limit=1&cursor=${page.next_cursor}`)).toEqual([first])
    expect(await listed('?provider=homebox')).toEqual([first])
    expect(await listed('?provider=mybeezbox')).toEqual([])
  })

  test('says what is wrong with it in the names of the request', async () => {
    const cases: [unknown, string, string][] = [
      [{ ...homebox, provider: 'british_gas' }, '/provider', 'invalid_union'],
      [{ ...homebox, credentials: {} }, '/credentials/token', 'required'],
      [{ ...homebox, credentials: { token: 'a b' } }, '/credentials/token', 'invalid_format'],
      [{ ...homebox, credentials: { token: 'a', api_key: 'b' } }, '/credentials/api_key', 'unknown_field'],
      [{ ...homebox, settings: { currency: 'GBP' } }, '/settings', 'unknown_field'],
      [
        { ...homebox, provider: 'housr', base_url: null, credentials: { api_key: 'k' } },
        '/base_url',
        'required',
      ],
      [{ ...homebox, base_url: 'ftp://a.example' }, '/base_url', 'invalid_url'],
      [{ ...homebox, base_url: 'https://a.example/?q=1' }, '/base_url', 'invalid_url'],
      [{ ...homebox, base_url: 'https://user:pw@a.example' }, '/base_url', 'invalid_url'],
      [{ ...homebox, base_url: 'https://accounts.billingbetter.co.uk' }, '/base_url', 'invalid_url'],
    ]
    for (const [body, pointer, code] of cases)
      expect(errorsOf(await post(body))).toMatchObject([{ pointer, code }])
    expect(await listed()).toEqual([])
  })

  test('takes a partner and a currency for MyBeezBox, and nothing else', async () => {
    const credentials = { username: 'u', password: 'p w' }
    const mybeezbox = { ...homebox, provider: 'mybeezbox', credentials }
    const partner_uuid = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'
    const wrong = { partner_uuid: 'x', currency: 'XXX', iban: 'y' }
    const pointers = errorsOf(await post({ ...mybeezbox, settings: wrong }))?.map(({ pointer }) => pointer)
    expect(pointers?.toSorted()).toEqual(['/settings/currency', '/settings/iban', '/settings/partner_uuid'])
    const { body } = await post({ ...mybeezbox, settings: { partner_uuid } })
    expect(body.settings).toEqual({ partner_uuid, currency: 'EUR' })
    const changed = await account.api(`PATCH /v1/connections/${body.id}`, {
      body: { settings: { currency: 'GBP' } },
    })
    expect(changed.body.settings).toEqual({ partner_uuid: null, currency: 'GBP' })
  })
})

describe('a change', () => {
  const patch = (id: string, body: unknown) => account.api(`PATCH /v1/connections/${id}`, { body })

  test('is of what is given, and keeps the id', async () => {
    const { body } = await post(homebox)
    const changed = await patch(body.id, { name: 'York', metadata: {} })
    expect(changed.body).toEqual({ ...body, name: 'York', metadata: {}, updated_at: changed.body.updated_at })
  })

  test('sends what is kept to no other address', async () => {
    const { id, base_url } = (await post(homebox)).body
    const moved = { base_url: 'http://127.0.0.1:10' }
    expect(errorsOf(await patch(id, moved))).toMatchObject([{ pointer: '/credentials', code: 'required' }])
    expect((await patch(id, { base_url: `${base_url}/` })).status).toBe(200)
    const { body } = await patch(id, { ...moved, credentials: { token: 'another' } })
    expect(body).toMatchObject({ id, base_url: moved.base_url })
  })

  test('takes credentials and settings of its own provider only', async () => {
    const { id } = (await post(homebox)).body
    const message = 'must be token for Homebox'
    expect(errorsOf(await patch(id, { credentials: { api_key: 'k' } }))).toEqual([
      { pointer: '/credentials', code: 'other_provider', message },
    ])
    expect(errorsOf(await patch(id, { settings: {} }))).toMatchObject([
      { pointer: '/settings', code: 'not_allowed' },
    ])
    expect(errorsOf(await patch(id, { provider: 'housr' }))).toMatchObject([{ pointer: '/provider' }])
  })

  test('is in the audit log with what was changed, and not how', async () => {
    const { id } = (await post(homebox)).body
    await patch(id, { name: 'York', credentials: { token: 'x' }, metadata: null })
    await account.api(`DELETE /v1/connections/${id}`)
    const { body } = await account.api('GET /v1/audit-log')
    const whole = { object: 'audit_entry', resource: id, actor: { type: 'api_key' } }
    expect(body.data).toMatchObject([
      { ...whole, action: 'connections.deleted', data: { provider: 'homebox' } },
      {
        ...whole,
        action: 'connections.updated',
        data: { provider: 'homebox', changed: ['name', 'credentials'] },
      },
      { ...whole, action: 'connections.created', data: { provider: 'homebox' } },
    ])
  })
})

describe('a deleted connection', () => {
  test('is gone, also when it is deleted again, and another can be entered', async () => {
    const { id } = (await post(homebox)).body
    for (let count = 0; count < 2; count += 1) {
      const { status, text } = await account.api(`DELETE /v1/connections/${id}`)
      expect([status, text]).toEqual([204, ''])
    }
    for (const route of [`GET /v1/connections/${id}`, `POST /v1/connections/${id}/verify`] as const)
      expectProblem(await account.api(route), 'not_found')
    expectProblem(await account.api(`PATCH /v1/connections/${id}`, { body: {} }), 'not_found')
    expect(await listed()).toEqual([])
    expect((await post(homebox)).body.id).not.toBe(id)
  })

  test('leaves nothing of its credentials', async () => {
    const { id } = (await post(homebox)).body
    await account.api(`DELETE /v1/connections/${id}`)
    const { rows } = await gateway.services.database.sql.query(
      'SELECT credentials, fingerprint FROM connections WHERE account_id = $1',
      [account.accountId],
    )
    expect(rows).toEqual([{ credentials: null, fingerprint: '' }])
  })

  test('of which nobody has heard is not found', async () => {
    expectProblem(await account.api(`DELETE /v1/connections/${newId('connection')}`), 'not_found')
  })
})

describe('a connection that the service brings along', () => {
  test('is listed to its owner, and neither changed nor deleted', async () => {
    const { data } = (await gateway.api('GET /v1/connections')).body
    expect(data.map(({ provider, source }: Record<string, string>) => `${provider} ${source}`)).toEqual([
      'mybeezbox simulator',
      'one_utility_bill simulator',
      'housr simulator',
      'homebox simulator',
    ])
    const [{ id }] = data
    const change = { name: 'Mine' }
    expectProblem(await gateway.api(`PATCH /v1/connections/${id}`, { body: change }), 'state_conflict')
    expectProblem(await gateway.api(`DELETE /v1/connections/${id}`), 'state_conflict')
    expect((await gateway.api(`GET /v1/connections/${id}`)).body).toEqual(data[0])
  })

  test('is not shown to those that it is lent to', async () => {
    const [{ id }] = (await gateway.api('GET /v1/connections')).body.data
    expect(await listed()).toEqual([])
    expectProblem(await account.api(`GET /v1/connections/${id}`), 'not_found')
    expectProblem(await account.api(`POST /v1/connections/${id}/verify`), 'not_found')
  })

  test('is not listed any more once the service brings along another', async () => {
    const environment = {
      HOMEBOX_TOKEN: 'real',
      BILLBRIDGE_API_KEY: gateway.key,
      BILLBRIDGE_SIMULATOR: 'off',
    }
    const { database, simulators } = gateway
    const later = await startOpenGateway({ database, simulators, environment })
    const { data } = (await later.api('GET /v1/connections')).body
    const old = (await gateway.api('GET /v1/connections?provider=homebox')).body.data[0]
    expectProblem(await later.api(`GET /v1/connections/${old.id}`), 'not_found')
    await later.close()
    expect(data).toMatchObject([
      {
        provider: 'homebox',
        source: 'environment',
        credentials: ['token'],
        base_url: 'https://sandbox.billingbetter.co.uk',
      },
    ])
  })
})

describe('without the switch for tests', () => {
  test.each([
    'http://provider.example',
    'https://127.0.0.1',
    'https://[::1]/',
    'https://10.1:8443',
    'https://intranet',
    'https://provider.example:22',
  ])('no address of a private network can be entered: %s', async base_url => {
    const { database, simulators, key } = gateway
    const environment = { BILLBRIDGE_API_KEY: key, BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'false' }
    const strict = await startOpenGateway({ database, simulators, environment })
    const answer = await strict.api('POST /v1/connections', { body: { ...homebox, base_url } })
    await strict.close()
    expect(errorsOf(answer)).toMatchObject([{ pointer: '/base_url', code: 'invalid_url' }])
  })
})
