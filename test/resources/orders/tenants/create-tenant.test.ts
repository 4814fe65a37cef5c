import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder, sentBelow } from '#test/order-people'
import { invitee, payer } from '#test/orders'

let gateway: TestGateway
let order: PlacedOrder
beforeAll(async () => {
  gateway = await startTestGateway()
})
beforeEach(async () => {
  order = await placeOrder(gateway)
})
afterAll(() => gateway.close())

const add = (body: unknown, headers: Record<string, string> = {}) =>
  gateway.api(`POST ${order.path}/tenants`, { body, headers })

describe('POST /v1/orders/{order_id}/tenants', () => {
  test('adds whoever gives a bank account as bill payer, in the words of Homebox, then reads their id', async () => {
    expect(await sentBelow(gateway, order, () => add(payer()))).toEqual([
      [
        'POST',
        '/tenant',
        {
          first_name: 'Jane',
          last_name: 'Smith',
          email: 'jane.smith917@example.com',
          phone_number: '+447700900123',
          birthday: '01/01/2000',
          nationality: 'GB',
          account_name: 'Jane Smith',
          account_number: '12345678',
          sort_code: '000000',
          billing_address: {
            line1: 'Flat 1',
            line2: 'New Road',
            city: 'London',
            county: 'Greater London',
            postcode: 'NR32AG',
          },
        },
      ],
      ['GET', '/tenant', null],
    ])
  })

  test('answers the tenant with the id that Homebox gave, and where to find them', async () => {
    const { status, headers, body } = await add(payer())
    expect(status).toBe(201)
    expect(headers['location']).toBe(`${order.path}/tenants/${body.id}`)
    expect(body).toEqual({
      id: expect.stringMatching(/^tenant_[0-9a-z]{26}$/),
      object: 'tenant',
      mode: 'test',
      first_name: 'Jane',
      last_name: 'Smith',
      email: 'jane.smith917@example.com',
      phone: '+447700900123',
      country_code: null,
      date_of_birth: '2000-01-01',
      nationality: 'GB',
      mandate_status: null,
      provider_ids: [expect.stringMatching(/^\d+$/)],
      created_at: expect.any(String),
      updated_at: expect.any(String),
      erased_at: null,
    })
    expect((await gateway.api(`GET ${order.path}/tenants/${body.id}`)).body).toEqual(body)
    expect((await gateway.api(`GET ${order.path}`)).body.tenants).toEqual([body])
  })

  test('keeps the operation with the tenant and forgets its input', async () => {
    const { body } = await add(payer())
    const { body: operations } = await gateway.api(`GET /v1/operations?resource=${body.id}`)
    expect(operations.data).toMatchObject([{ operation: 'tenants.create', state: 'succeeded', attempts: 1 }])
    const { rows } = await gateway.services.database.sql.query(
      'SELECT 1 FROM operations WHERE input IS NOT NULL',
    )
    expect(rows).toEqual([])
  })

  test('invites whoever gives none, and tells whose the invitation is', async () => {
    let id = ''
    const sent = await sentBelow(gateway, order, async () => {
      const { status, body } = await add(invitee())
      expect([status, body.provider_ids, body.email]).toEqual([201, [], 'john.appleseed@example.com'])
      id = body.id
    })
    expect(sent).toEqual([
      ['POST', '/invite', { first_name: 'John', last_name: 'Appleseed', phone_number: '+447700900456' }],
      ['GET', '/invite', null],
    ])
    const { body: invites } = await gateway.api(`GET ${order.path}/invites`)
    expect(invites.data).toMatchObject([{ tenant_id: id, phone: '+447700900456', times_sent: 1 }])
  })

  test('answers the same again under the same key, whose bytes it keeps, and sends nothing', async () => {
    const first = await add(payer(), { 'idempotency-key': 'add-jane' })
    const sent = await sentBelow(gateway, order, async () => {
      const again = await add(payer(), { 'idempotency-key': 'add-jane' })
      expect([again.status, again.text, again.headers['location']]).toEqual([
        201,
        first.text,
        first.headers['location'],
      ])
      expect(again.headers['idempotent-replayed']).toBe('true')
    })
    expect(sent).toEqual([])
    expect((await add(invitee(), { 'idempotency-key': 'add-jane' })).body.code).toBe('idempotency_mismatch')
  })

  test.each([
    ['/billing_address', { billing_address: null }],
    ['/date_of_birth', { date_of_birth: null }],
    ['/nationality', { nationality: null }],
  ])('names %s when Homebox needs it, before anything is sent or stored', async (pointer, changes) => {
    const sent = await sentBelow(gateway, order, async () => {
      const { status, body } = await add(payer(changes), { 'idempotency-key': pointer })
      expect([status, body.code, body.errors]).toMatchObject([422, 'validation_failed', [{ pointer }]])
      expect((await add(payer(), { 'idempotency-key': pointer })).status).toBe(201)
    })
    expect(sent.map(([method]) => method)).toEqual(['POST', 'GET'])
  })

  test.each([
    ['/bank_account/sort_code', { bank_account: { ...payer().bank_account, sort_code: '12345' } }],
    ['/bank_account/account_number', { bank_account: { ...payer().bank_account, account_number: '1' } }],
    ['/phone', { phone: '12' }],
    ['/email', { email: 'jane' }],
    ['/date_of_birth', { date_of_birth: '2001-02-29' }],
    ['/date_of_birth', { date_of_birth: '9999-01-01' }],
    ['/iban', { iban: 'GB33BUKB20201555555555' }],
  ])('refuses what is wrong at %s', async (pointer, changes) => {
    const { status, body } = await add(payer(changes))
    expect([status, body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([422, [pointer]])
  })

  test('does not find an order of another account or an unknown one', async () => {
    const { id } = order
    for (const other of [`${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`, 'order_1', 'quote_1'])
      expect((await gateway.api(`POST /v1/orders/${other}/tenants`, { body: payer() })).status).toBe(404)
  })
})

describe('POST …/tenants?preview=true', () => {
  const preview = (body: unknown) => gateway.api(`POST ${order.path}/tenants?preview=true`, { body })

  test('shows what would be sent with masked bank details, and sends and stores nothing', async () => {
    const sent = await sentBelow(gateway, order, async () => {
      const { status, body, text } = await preview(payer())
      expect(status).toBe(200)
      expect(body).toMatchObject({
        object: 'preview',
        requests: [
          { provider: 'homebox', method: 'POST', path: `/api/partner/order/${order.homeboxId}/tenant` },
        ],
        side_effects: ['e-mails the tenant that the direct debit has been created'],
        missing: [],
      })
      expect(body.requests[0].body).toMatchObject({ account_number: '****5678', sort_code: '****000' })
      expect(text).not.toContain('12345678')
    })
    expect(sent).toEqual([])
    expect((await gateway.api(`GET ${order.path}`)).body.tenants).toEqual([])
  })

  test('lists all that Homebox lacks', async () => {
    const { body } = await preview(payer({ nationality: null, date_of_birth: null }))
    expect(body.requests).toEqual([])
    expect(body.missing).toMatchObject([
      { provider: 'homebox', pointer: '/date_of_birth' },
      { provider: 'homebox', pointer: '/nationality' },
    ])
  })

  test('says that somebody without a bank account is sent a text', async () => {
    const { body } = await preview(invitee())
    expect(body.side_effects).toEqual(['texts the tenant a sign-up link'])
  })
})
