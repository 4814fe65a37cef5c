import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProviderId } from '#contract/vocabulary'
import type { RunningSimulators } from '#simulators/index'
import { expectProblem } from '#test/expect-problem'
import type { TestGateway } from '#test/gateway'
import { accountAt, enter, startOpenGateway, startOwnProviders } from '#test/own-connections'
import { answersJson, startUpstream } from '#test/upstream'

let gateway: TestGateway
let own: RunningSimulators
beforeAll(async () => {
  gateway = await startOpenGateway({ environment: { PROVIDER_TIMEOUT_MS: '2000' } })
  own = await startOwnProviders()
})
afterAll(async () => {
  await gateway.close()
  await own.stop()
})

const REQUEST = {
  homebox: 'GET /api/partner/account',
  one_utility_bill: 'POST /oauth/token',
  mybeezbox: 'POST /token/',
} as const
const verifiable = ['homebox', 'one_utility_bill', 'mybeezbox'] as const
const NAMES = { homebox: 'Homebox', one_utility_bill: 'One Utility Bill', mybeezbox: 'MyBeezBox' } as const
const STATUS = { homebox: 401, one_utility_bill: 401, mybeezbox: 400 } as const
const WRONG = {
  homebox: { token: 'wrong' },
  one_utility_bill: { client_id: 'wrong', client_secret: 'wrong' },
  mybeezbox: { username: 'wrong', password: 'wrong' },
} as const

const heard = (provider: ProviderId) =>
  own[provider].requests().map(({ method, path }) => `${method} ${path}`)

test.each(verifiable)('the right credentials of %s are accepted by one harmless call', async provider => {
  const account = await accountAt(gateway)
  const id = await enter(account, own, provider)
  const before = heard(provider).length
  const { status, body } = await account.api(`POST /v1/connections/${id}/verify`)
  expect(heard(provider).slice(before)).toEqual([REQUEST[provider]])
  expect([status, body]).toEqual([
    200,
    {
      object: 'connection_verification',
      connection: id,
      mode: 'test',
      provider,
      outcome: 'accepted',
      status: null,
      message: `${NAMES[provider]} takes the credentials.`,
      advice: null,
      duration_ms: expect.any(Number),
      verified_at: expect.stringMatching(/Z$/),
    },
  ])
  const shown = (await account.api(`GET /v1/connections/${id}`)).body
  expect(shown.verified_at).toBe(body.verified_at)
})

test.each(verifiable)('wrong credentials of %s are an answer that says what to do', async provider => {
  const account = await accountAt(gateway)
  const id = await enter(account, own, provider, { credentials: WRONG[provider] })
  const { status, body } = await account.api(`POST /v1/connections/${id}/verify`)
  expect([status, body]).toMatchObject([
    200,
    {
      outcome: 'refused',
      status: STATUS[provider],
      message: `${NAMES[provider]} does not take the credentials.`,
      advice: `Correct the credentials with PATCH; they must be for ${own[provider].url}.`,
      verified_at: null,
    },
  ])
  const { credentials } = own[provider]
  await account.api(`PATCH /v1/connections/${id}`, { body: { credentials } })
  expect((await account.api(`POST /v1/connections/${id}/verify`)).body.outcome).toBe('accepted')
})

test('other credentials have yet to be verified', async () => {
  const account = await accountAt(gateway)
  const id = await enter(account, own, 'homebox')
  await account.api(`POST /v1/connections/${id}/verify`)
  const renamed = await account.api(`PATCH /v1/connections/${id}`, { body: { name: 'York' } })
  expect(renamed.body.verified_at).not.toBeNull()
  const changed = await account.api(`PATCH /v1/connections/${id}`, {
    body: { credentials: WRONG.homebox },
  })
  expect(changed.body.verified_at).toBeNull()
})

test('Housr has no harmless call, and is not asked', async () => {
  const account = await accountAt(gateway)
  const id = await enter(account, own, 'housr')
  const { body } = await account.api(`POST /v1/connections/${id}/verify`)
  expect(body).toMatchObject({ outcome: 'not_verifiable', verified_at: null })
  expect(body.message).toContain('not checked')
  expect(heard('housr')).toEqual([])
})

test('a provider that is not there is not reached', async () => {
  const account = await accountAt(gateway)
  const upstream = await startUpstream()
  await upstream.close()
  const id = await enter(account, own, 'homebox', { base_url: upstream.url })
  const { status, body } = await account.api(`POST /v1/connections/${id}/verify`)
  expect([status, body]).toMatchObject([200, { outcome: 'not_reached', status: null, verified_at: null }])
  expect([body.message, body.advice]).toEqual([
    expect.stringContaining('ECONNREFUSED'),
    `Check base_url (${upstream.url}); if it is right, try again later.`,
  ])
})

test('a provider that answers nonsense has failed', async () => {
  const account = await accountAt(gateway)
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ hello: 'world' }))
  const id = await enter(account, own, 'homebox', { base_url: upstream.url })
  const { status, body } = await account.api(`POST /v1/connections/${id}/verify`)
  expect([status, body]).toMatchObject([200, { outcome: 'failed', verified_at: null }])
})

test('what the service brings along can be verified by its owner', async () => {
  const [{ id }] = (await gateway.api('GET /v1/connections?provider=homebox')).body.data
  const { body } = await gateway.api(`POST /v1/connections/${id}/verify`)
  expect(body).toMatchObject({ outcome: 'accepted', verified_at: expect.any(String) })
  expect((await gateway.api(`GET /v1/connections/${id}`)).body.verified_at).toBe(body.verified_at)
})

test('is in the call log, and done once per idempotency key', async () => {
  const account = await accountAt(gateway)
  const id = await enter(account, own, 'homebox')
  const headers = { 'idempotency-key': 'verify-once' }
  const first = await account.api(`POST /v1/connections/${id}/verify`, { headers })
  const before = heard('homebox').length
  const again = await account.api(`POST /v1/connections/${id}/verify`, { headers })
  expect([again.text, again.headers['idempotent-replayed']]).toEqual([first.text, 'true'])
  expect(heard('homebox')).toHaveLength(before)
  const calls = await account.api(`GET /v1/provider-calls?resource=${id}`)
  expect(calls.body.data).toMatchObject([{ operation: 'connections.verify', resource: id, outcome: 'ok' }])
})

test('is of the account alone', async () => {
  const id = await enter(await accountAt(gateway), own, 'homebox')
  const stranger = await accountAt(gateway)
  expectProblem(await stranger.api(`POST /v1/connections/${id}/verify`), 'not_found')
})
