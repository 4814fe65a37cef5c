import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { makeApiKey } from '#accounts/api-key'
import { RevokedKey, ShownKey, ShownKeys } from '#test/cli-output'
import { runCli } from '#test/cli-process'
import { startTestGateway, TEST_ENCRYPTION_KEY, type TestGateway } from '#test/gateway'
import { makeAccount } from '#test/keys'
import { newId } from '#values/ids'

const STALE_MS = 5_000

let gateway: TestGateway
let env: Readonly<Record<string, string>>
let time: number
let issued: z.output<typeof ShownKey>

beforeAll(async () => {
  time = Date.now()
  gateway = await startTestGateway({ now: () => new Date(time) })
  env = { DATABASE_URL: gateway.database.url, BILLBRIDGE_ENCRYPTION_KEY: TEST_ENCRYPTION_KEY }
  issued = await createKey('--scope', 'quotes:read', 'leads:write', '--expires', '2099-08-31')
})
afterAll(() => gateway.close())

const keys = (...args: string[]) => runCli(['keys', ...args], { env })

/** A new key as `--json` shows it. */
async function createKey(...args: string[]) {
  const { code, json, stderr } = await keys('create', 'Letting portal', '--json', ...args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: [] })
  return ShownKey.parse(json())
}

async function auditOf(hint: string): Promise<{ action: string }[]> {
  const { rows } = await gateway.services.database.sql.query<{ action: string }>(
    `SELECT action, data, actor_key_id, request_id FROM audit_entries WHERE data ->> 'hint' = $1 ORDER BY id`,
    [hint],
  )
  return rows
}

describe('a key that is created', () => {
  test('opens what its scopes allow, and is kept as a hash', async () => {
    const { secret } = issued
    expect(issued).toEqual({
      id: expect.stringMatching(/^key_/),
      object: 'api_key',
      mode: 'test',
      name: 'Letting portal',
      scopes: ['quotes:read', 'leads:write'],
      hint: `${secret.slice(0, 11)}…${secret.slice(-4)}`,
      source: 'api',
      metadata: {},
      created_at: expect.any(String),
      expires_at: '2099-09-01T00:00:00.000Z',
      last_used_at: null,
      revoked_at: null,
      secret: expect.stringMatching(/^bb_test_[A-Za-z0-9]{43}$/),
    })
    expect((await gateway.api('GET /v1/quotes', { key: secret })).status).toBe(200)
    expect((await gateway.api('GET /v1/orders', { key: secret })).body.code).toBe('forbidden')
    const { rows } = await gateway.services.database.sql.query<object>('SELECT * FROM api_keys')
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  test('is shown once, to a person too', async () => {
    const { code, stdout } = await keys('create', 'Till', '-s', 'admin', '-s', 'admin')
    const [first = '', expires, , , secret = ''] = stdout.split('\n')
    expect(code).toBe(0)
    expect(first).toMatch(/^key_\w+ {2}Till {2}test {2}admin$/)
    expect(expires).toBe('expires never')
    expect((await gateway.api('GET /v1/quotes', { key: secret.trim() })).status).toBe(200)
    expect((await keys('list', '--json')).stdout).not.toContain(secret.trim())
  })

  test('is in the audit log, without the secret and in nobody else’s name', async () => {
    const { hint, scopes, expires_at } = issued
    const data = { mode: 'test', scopes, hint, expires_at }
    expect(await auditOf(hint)).toEqual([
      { action: 'api_keys.created', data, actor_key_id: null, request_id: null },
    ])
  })
})

describe('the list of keys', () => {
  test('says what each may do, and when it was last used', async () => {
    const { secret, ...shown } = issued
    await gateway.api('GET /v1/quotes', { key: secret })
    const { data } = ShownKeys.parse((await keys('list', '--json')).json())
    const listed = data.find(({ id }) => id === issued.id)
    expect(listed).toEqual({ ...shown, last_used_at: new Date(time).toISOString() })
    const { stdout } = await keys('list')
    const line = stdout.split('\n').find(row => row.startsWith(issued.id)) ?? ''
    const at = new Date(time).toISOString().slice(0, 16).replace('T', ' ')
    expect(line).toContain(`${issued.hint}  quotes:read leads:write`)
    expect(line).toMatch(new RegExp(`  2099-09-01 00:00  ${at}  -$`))
  })

  test('holds no key of the other mode', async () => {
    const live = { ...env, BILLBRIDGE_MODE: 'live' }
    const { code, stdout } = await runCli(['keys', 'list'], { env: live })
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'There is no key of mode live.' })
  })
})

describe('another account', () => {
  test('gets a key from the operator, who can list and revoke it', async () => {
    const made = await makeAccount(gateway)
    const account = ['--account', made.id]
    const { id, secret } = await createKey('-s', 'admin', ...account)
    const listed = await gateway.api('GET /v1/api-keys', { key: secret })
    expect(listed.body.data.map((key: { id: string }) => key.id)).toEqual([id, made.api_key.id])
    const { data } = ShownKeys.parse((await keys('list', '--json', ...account)).json())
    expect(data.map(key => key.id)).toEqual([id, made.api_key.id])
    expect((await keys('revoke', id)).code).toBe(1)
    expect((await keys('revoke', id, ...account)).code).toBe(0)
  })

  test('must be one that there is', async () => {
    const unknown = newId('account')
    const { code, stderr } = await keys('list', '--account', unknown)
    expect(code).toBe(1)
    expect(stderr).toEqual([
      `billbridge: There is no account ${unknown}: see accounts.created in the audit log.`,
    ])
  })
})

describe('a key that is revoked', () => {
  test('opens nothing any more; revoking it again changes nothing', async () => {
    const { id, hint, secret } = await createKey('-s', 'quotes:read')
    expect((await gateway.api('GET /v1/quotes', { key: secret })).status).toBe(200)
    const first = await keys('revoke', id)
    expect(first).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(`^${id} is revoked.\nA running service`),
    })
    time += STALE_MS
    expect((await gateway.api('GET /v1/quotes', { key: secret })).status).toBe(401)
    const before = RevokedKey.parse((await keys('revoke', id, '--json')).json())
    const again = await keys('revoke', id)
    expect(again).toMatchObject({ code: 0, stdout: `${id} was revoked already, at ${before.revoked_at}.` })
    expect((await auditOf(hint)).map(({ action }) => action)).toEqual([
      'api_keys.created',
      'api_keys.revoked',
    ])
  })

  test('is said to come back when the environment gives it', async () => {
    const { data } = ShownKeys.parse((await keys('list', '--json')).json())
    const given = data.find(({ source }) => source === 'environment')
    const { stdout } = await keys('revoke', given?.id ?? '')
    expect(stdout).toContain('BILLBRIDGE_API_KEY makes it valid again at the next start')
  })

  test('must be one of this installation and mode', async () => {
    const unknown = newId('key')
    const { code, stderr } = await keys('revoke', unknown)
    expect(code).toBe(1)
    expect(stderr).toEqual([`billbridge: There is no key ${unknown} of mode test: see keys list.`])
  })
})

test('a mistake in the configuration is one line, without its value', async () => {
  const wrong = { ...env, BILLBRIDGE_API_KEY: `${makeApiKey('test')}!` }
  const { code, stderr } = await runCli(['keys', 'list'], { env: wrong })
  expect(code).toBe(1)
  expect(stderr).toEqual([expect.stringMatching(/^billbridge: BILLBRIDGE_API_KEY must be /)])
  expect(stderr.join()).not.toContain(wrong.BILLBRIDGE_API_KEY)
})
