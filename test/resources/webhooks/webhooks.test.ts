import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'
import { makeWebhook } from '#test/webhooks'

const URL = 'https://agency.example/hooks'
let now = new Date('2026-11-21T12:00:00.000Z')
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

const audits = async () =>
  (
    await gateway.services.database.sql.query<{ action: string }>(
      'SELECT action FROM audit_entries ORDER BY id',
    )
  ).rows.map(row => row.action)

describe('POST /v1/webhooks', () => {
  test('makes one, and shows its secret this once', async () => {
    const body = { url: URL, events: ['order.created', 'order.created'], metadata: { team: 'lettings' } }
    const { status, headers, body: made } = await gateway.api('POST /v1/webhooks', { body })
    expect(status).toBe(201)
    expect(headers['location']).toBe(`/v1/webhooks/${made.id}`)
    const { secret, ...shown } = made
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(shown).toEqual({
      id: expect.stringMatching(/^webhook_/),
      object: 'webhook',
      mode: 'test',
      url: URL,
      events: ['order.created'],
      state: 'enabled',
      disabled_reason: null,
      disabled_at: null,
      previous_secret_until: null,
      metadata: { team: 'lettings' },
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
    })
    expect((await gateway.api(`GET /v1/webhooks/${made.id}`)).body).toEqual(shown)
    expect(await audits()).toContain('webhooks.created')
  })

  test('makes a secret of its own for each', async () => {
    const [one, other] = [await makeWebhook(gateway, { url: URL }), await makeWebhook(gateway, { url: URL })]
    expect(one.secret).not.toBe(other.secret)
  })

  test('keeps the secret encrypted, in the remembered answer too', async () => {
    const request = { body: { url: URL }, headers: { 'idempotency-key': 'once' } }
    const { body } = await gateway.api('POST /v1/webhooks', request)
    const { rows } = await gateway.services.database.sql.query<{ text: string }>(
      `SELECT (SELECT string_agg(encode(secret, 'escape'), ' ') FROM webhooks) ||
        (SELECT string_agg(encode(body, 'escape'), ' ') FROM idempotency_records) AS text`,
    )
    expect(rows[0]?.text.length).toBeGreaterThan(100)
    expect(rows[0]?.text).not.toContain(body.secret.slice(6))
    expect(gateway.logs.join('')).not.toContain(body.secret.slice(6))
    const again = await gateway.api('POST /v1/webhooks', request)
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(again.body).toEqual(body)
  })

  test.each([
    [{ url: 'http://agency.example/' }, '/url', 'invalid_url'],
    [{ url: 'https://0x7f.1/' }, '/url', 'invalid_url'],
    [{ url: 'https://agency.example:22/' }, '/url', 'invalid_url'],
    [{ url: `https://agency.example/${'x'.repeat(2_048)}` }, '/url', 'too_big'],
    [{}, '/url', 'required'],
    [{ url: URL, events: ['order.exploded'] }, '/events/0', 'invalid_value'],
    [{ url: URL, events: ['order.created', 'webhook.test'] }, '/events/1', 'invalid_value'],
    [{ url: URL, secret: 'whsec_bWluZQ==' }, '/secret', 'unknown_field'],
  ])('refuses %j', async (body, pointer, code) => {
    const { errors } = expectProblem(await gateway.api('POST /v1/webhooks', { body }), 'validation_failed')
    expect(errors).toMatchObject([{ pointer, code }])
  })

  test('makes fifty for an account, and no more', async () => {
    const { key } = await seedKey(gateway)
    const make = () => gateway.api('POST /v1/webhooks', { key, body: { url: URL } })
    for (let made = 0; made < 50; made += 1) expect((await make()).status).toBe(201)
    expectProblem(await make(), 'state_conflict')
  })
})

describe('GET /v1/webhooks', () => {
  test('lists them newest first, over pages, without secrets', async () => {
    const { key } = await seedKey(gateway)
    const ids: string[] = []
    for (let made = 0; made < 3; made += 1)
      ids.unshift((await gateway.api('POST /v1/webhooks', { key, body: { url: URL } })).body.id)
    const first = await gateway.api('GET /v1/webhooks?limit=2', { key })
    const second = await gateway.api(`GET /v1/webhooks?cursor=${first.body.next_cursor}`, { key })
    const listed = [...first.body.data, ...second.body.data]
    expect(listed.map(({ id }) => id)).toEqual(ids)
    expect(listed.filter(webhook => 'secret' in webhook)).toEqual([])
  })
})

describe('PATCH /v1/webhooks/{webhook_id}', () => {
  test('changes what is given and leaves the rest', async () => {
    const { secret: _, ...made } = await makeWebhook(gateway, { url: URL, events: ['order.created'] })
    const events = ['lead.failed']
    const { body } = await gateway.api(`PATCH /v1/webhooks/${made.id}`, { body: { events } })
    expect(body).toEqual({ ...made, events })
    const elsewhere = { url: 'https://other.example/hooks', metadata: { a: 'b' } }
    const { body: moved } = await gateway.api(`PATCH /v1/webhooks/${made.id}`, { body: elsewhere })
    expect(moved).toEqual({ ...made, events, ...elsewhere })
  })

  test('disables and enables', async () => {
    const { id } = await makeWebhook(gateway, { url: URL })
    const patch = (state: string) => gateway.api(`PATCH /v1/webhooks/${id}`, { body: { state } })
    const disabled = { state: 'disabled', disabled_reason: 'requested', disabled_at: now.toISOString() }
    expect((await patch('disabled')).body).toMatchObject(disabled)
    now = new Date(now.getTime() + 60_000)
    expect((await patch('disabled')).body).toMatchObject(disabled)
    const enabled = { state: 'enabled', disabled_reason: null, disabled_at: null }
    expect((await patch('enabled')).body).toMatchObject(enabled)
  })

  test('refuses an address that is none', async () => {
    const { id } = await makeWebhook(gateway, { url: URL })
    const answer = await gateway.api(`PATCH /v1/webhooks/${id}`, { body: { url: 'https://localhost/' } })
    expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer: '/url' }])
  })
})

describe('DELETE /v1/webhooks/{webhook_id}', () => {
  test('is for good, and leaves no secret behind', async () => {
    const { id } = await makeWebhook(gateway, { url: URL })
    expect(await gateway.api(`DELETE /v1/webhooks/${id}`)).toMatchObject({ status: 204, text: '' })
    for (const route of ['GET', 'DELETE'] as const)
      expectProblem(await gateway.api(`${route} /v1/webhooks/${id}`), 'not_found')
    expectProblem(await gateway.api(`POST /v1/webhooks/${id}/rotate-secret`), 'not_found')
    expectProblem(await gateway.api(`GET /v1/webhooks/${id}/deliveries`), 'not_found')
    const { rows } = await gateway.services.database.sql.query(
      `SELECT count(*) AS kept FROM webhooks WHERE deleted_at IS NOT NULL AND (secret IS NOT NULL OR previous_secret IS NOT NULL)`,
    )
    expect(rows).toEqual([{ kept: 0 }])
  })
})

describe('POST /v1/webhooks/{webhook_id}/rotate-secret', () => {
  test('shows a new secret, and says until when the old one is used as well', async () => {
    const { secret, ...made } = await makeWebhook(gateway, { url: URL })
    const { status, body } = await gateway.api(`POST /v1/webhooks/${made.id}/rotate-secret`)
    expect(status).toBe(200)
    expect(body.secret).toMatch(/^whsec_/)
    expect(body.secret).not.toBe(secret)
    const until = new Date(now.getTime() + 86_400_000).toISOString()
    const { secret: _, ...shown } = body
    expect(shown).toEqual({ ...made, previous_secret_until: until })
    now = new Date(now.getTime() + 86_400_000)
    expect((await gateway.api(`GET /v1/webhooks/${made.id}`)).body.previous_secret_until).toBeNull()
    expect(await audits()).toContain('webhooks.secret_rotated')
  })

  test('rotates once for one key', async () => {
    const { id } = await makeWebhook(gateway, { url: URL })
    const rotate = () =>
      gateway.api(`POST /v1/webhooks/${id}/rotate-secret`, { headers: { 'idempotency-key': 'rotate' } })
    const [first, second] = [await rotate(), await rotate()]
    expect(second.body).toEqual(first.body)
  })
})

test('a key reads or writes webhooks with the scope for it', async () => {
  const { key } = await seedKey(gateway, { scopes: ['webhooks:read'] })
  expect((await gateway.api('GET /v1/webhooks', { key })).status).toBe(200)
  expectProblem(await gateway.api('POST /v1/webhooks', { key, body: { url: URL } }), 'forbidden')
})
