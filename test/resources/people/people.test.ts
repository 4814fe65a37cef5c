import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { barnaby, type Household, moveIn, zuleika, zuleikaPayer, zuleikasValues } from '#test/people'
import { seedKey } from '#test/seed'

let gateway: TestGateway
let household: Household
beforeAll(async () => {
  gateway = await startTestGateway()
  household = await moveIn(gateway)
})
afterAll(() => gateway.close())

const personAt = (email: string) => `GET /v1/people?email=${encodeURIComponent(email)}` as const
const exported = (email: string, headers = {}) =>
  gateway.api('POST /v1/people/export', { body: { email }, headers })

describe('GET /v1/people', () => {
  test('shows tenants and invitations of all orders and leads, in whatever case the address is', async () => {
    const { status, body } = await gateway.api(personAt('ZULEIKA.q@example.COM'))
    expect(status).toBe(200)
    expect(body).toMatchObject({ object: 'person', mode: 'test' })
    const { billing_address, date_of_birth } = zuleikaPayer
    expect(body.tenants).toMatchObject([
      { ...zuleika, order_id: null, lead_id: household.lead, billing_address: null },
      {
        ...zuleika,
        order_id: household.order.id,
        date_of_birth,
        billing_address: { ...billing_address, line_2: null, county: null },
        provider_ids: [expect.any(String)],
      },
      { ...zuleika, order_id: household.invited.id, removed_at: null },
    ])
    const { first_name, last_name, phone } = zuleika
    const invite = {
      first_name,
      last_name,
      phone,
      order_id: household.invited.id,
      tenant_id: body.tenants[2].id,
    }
    expect(body.invites).toMatchObject([invite])
  })

  test('shows which provider was sent which field, and when', async () => {
    const { body } = await gateway.api(personAt(zuleika.email))
    const { body: operations } = await gateway.api(`GET /v1/operations?resource=${household.order.id}`)
    const added = operations.data.find(
      ({ operation }: { operation: string }) => operation === 'tenants.create',
    )
    const told = body.disclosures.filter(
      ({ resource }: { resource: string }) => resource === household.order.id,
    )
    expect(told).toEqual([
      {
        operation_id: expect.stringMatching(/^operation_/),
        operation: 'tenants.create',
        provider: 'homebox',
        resource: household.order.id,
        state: 'succeeded',
        sent_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        fields: [
          'first_name',
          'last_name',
          'email',
          'phone',
          'date_of_birth',
          'nationality',
          'billing_address',
          'bank_account',
        ],
        fields_from: 'operation',
        provider_ids: added.provider_ids,
      },
    ])
  })

  test('says what encrypted copies there are, and for how long', async () => {
    const { body } = await gateway.api(personAt(zuleika.email))
    const kinds = body.sealed.map(
      ({ kind, resource }: { kind: string; resource: string }) => `${kind} ${resource.split('_')[0]}`,
    )
    expect(kinds).toContain('idempotent_answer lead')
    expect(kinds).toContain('provider_payload lead')
    expect(kinds).toContain('provider_payload tenant')
  })

  test('shows nothing of somebody who is not known, to other accounts and in the other mode', async () => {
    const empty = { tenants: [], invites: [], disclosures: [], sealed: [] }
    expect((await gateway.api(personAt('nobody@example.com'))).body).toMatchObject(empty)
    const { key } = await seedKey(gateway)
    expect((await gateway.api(personAt(zuleika.email), { key })).body).toMatchObject(empty)
    const { rows } = await gateway.services.database.sql.query<{ id: string }>(
      'SELECT id FROM accounts WHERE bootstrap IS NOT NULL',
    )
    const live = await seedKey(gateway, { mode: 'live', accountId: rows[0]?.id ?? '' })
    const { body } = await gateway.api(personAt(zuleika.email), { key: live.key })
    expect(body).toMatchObject({ mode: 'live', ...empty })
  })

  test('refuses what is no e-mail address without repeating it', async () => {
    const answer = await gateway.api('GET /v1/people?email=zuleika@nowhere')
    const { errors } = expectProblem(answer, 'validation_failed')
    expect(errors).toMatchObject([{ pointer: '/query/email' }])
    expect(answer.text).not.toContain('nowhere')
    expectProblem(await gateway.api('GET /v1/people'), 'validation_failed')
  })

  test('needs admin', async () => {
    const { key } = await seedKey(gateway, { scopes: ['orders:read', 'orders:write'] })
    expectProblem(await gateway.api(personAt(zuleika.email), { key }), 'forbidden')
  })

  test('leaves the address in no log line and the audit log', async () => {
    await gateway.api(personAt(zuleika.email))
    expect(gateway.logs.join('')).toContain('"/v1/people"')
    expect(gateway.logs.join('')).not.toMatch(zuleikasValues)
    const { rows } = await gateway.services.database.sql.query('SELECT * FROM audit_entries')
    expect(JSON.stringify(rows)).toContain('people.read')
    expect(JSON.stringify(rows)).not.toMatch(zuleikasValues)
  })
})

describe('POST /v1/people/export', () => {
  test('is all of it, with what lies sealed, and nobody else', async () => {
    const { status, body, text } = await exported(zuleika.email)
    expect(status).toBe(200)
    expect(body).toMatchObject({ object: 'person_export', exported_at: expect.any(String) })
    const { body: shown } = await gateway.api(personAt(zuleika.email))
    for (const part of ['tenants', 'invites', 'disclosures']) expect(body[part]).toEqual(shown[part])
    const payload = body.sealed.find(
      ({ kind, resource }: { kind: string; resource: string }) =>
        kind === 'provider_payload' && resource.startsWith('tenant_'),
    )
    expect(JSON.stringify(payload.data)).toMatch(/Featherstonehaugh/)
    expect(text).not.toMatch(new RegExp(`${barnaby.last_name}|${barnaby.email}|654321`, 'i'))
    expect(text).not.toMatch(/90817263|204581/)
  })

  test('is the same under the same key, and kept sealed', async () => {
    const headers = { 'idempotency-key': 'export' }
    const first = await exported(zuleika.email, headers)
    const again = await exported(zuleika.email, headers)
    expect(again.text).toBe(first.text)
    expect(again.headers['idempotent-replayed']).toBe('true')
    const { rows } = await gateway.services.database.sql.query('SELECT * FROM idempotency_records')
    expect(JSON.stringify(rows)).not.toMatch(zuleikasValues)
  })

  test('masks bank details that are kept for a retry', async () => {
    const email = 'refused+export@example.com'
    await gateway.api(`POST ${household.order.path}/tenants`, { body: { ...zuleikaPayer, email } })
    const { body, text } = await exported(email)
    expect(body.sealed).toMatchObject([
      { kind: 'operation_input', data: [{ email, last_name: zuleika.last_name }] },
    ])
    expect(text).not.toMatch(/90817263|204581/)
  })
})
