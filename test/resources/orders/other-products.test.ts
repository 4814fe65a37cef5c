import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { invitee, payer } from '#test/orders'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const order = (body: unknown) => gateway.api('POST /v1/orders', { body })
const standard = household()
const housrOrder = (changes: Record<string, unknown> = {}) => ({
  provider: 'housr',
  product: 'tenant_package',
  address: standard['address'],
  occupants: 4,
  tenancy: standard['tenancy'],
  services: ['energy', 'broadband'],
  broadband: '400mbps',
  tenants: [{ ...invitee(), date_of_birth: '2004-01-21' }],
  ...changes,
})

describe('an order at Housr', () => {
  test('is one request for the tenant who holds the account', async () => {
    const { status, body } = await order(housrOrder())
    expect(status).toBe(201)
    expect(gateway.simulators.housr.effects().at(-1)?.body).toEqual({
      firstName: 'John',
      lastName: 'Appleseed',
      birthday: '2004-01-21',
      email: 'john.appleseed@example.com',
      contactNo: '+447700900456',
      address: '5 Media Exchange, Coquet Street, Newcastle upon Tyne, Tyne and Wear, NE1 2QB',
      broadband: '400mbps',
      numberOfTenants: 4,
      startDate: '2027-09-01',
      endDate: '2028-08-31',
      selectedServices: { gas: 'true', electricity: 'true', water: 'false', tv: 'false', wifi: 'true' },
    })
    expect(body).toMatchObject({
      status: 'pending',
      product: 'bills_package',
      tenants: [{ provider_ids: [expect.any(String)] }],
    })
  })

  test('never shows or keeps the sentence about the password', async () => {
    const { text, body } = await order(
      housrOrder({ tenants: [{ ...invitee({ email: 'p@example.com' }), date_of_birth: '2004-01-21' }] }),
    )
    const calls = await gateway.api(`GET /v1/provider-calls?resource=${body.id}`)
    const payload = await gateway.api(`GET /v1/orders/${body.id}?include=provider_data`)
    for (const seen of [text, calls.text, payload.text, gateway.logs.join('')])
      expect(seen).not.toMatch(/password is/i)
  })

  test('keeps further tenants and says that the provider is not told about them', async () => {
    const tenants = [
      { ...invitee({ email: 'q@example.com' }), date_of_birth: '2004-01-21' },
      invitee({ email: 'r@example.com' }),
    ]
    const { body } = await order(housrOrder({ tenants }))
    expect(body.tenants).toHaveLength(2)
    expect(body.notes).toEqual([expect.stringContaining('first tenant only')])
  })

  test('offers the candidates of an ambiguous address, one of which can be sent straight back', async () => {
    const address = { line_1: '61 Bury Old Road', city: 'Manchester', postcode: 'M4 5AB' }
    const tenants = [{ ...invitee({ email: 's@example.com' }), date_of_birth: '2004-01-21' }]
    const first = await order(housrOrder({ address, tenants }))
    expect(first).toMatchObject({ status: 422, body: { code: 'address_ambiguous', provider: 'housr' } })
    const [candidate] = first.body.candidates
    const second = await order(housrOrder({ address: { address_id: candidate.address_id }, tenants }))
    expect(second.status).toBe(201)
    expect(gateway.simulators.housr.effects().at(-1)?.body).toMatchObject({ address: candidate.label })
  })

  test('points to the e-mail of a tenant who has a contract already', async () => {
    const tenants = [{ ...invitee({ email: 't@example.com' }), date_of_birth: '2004-01-21' }]
    await order(housrOrder({ tenants }))
    const { status, body } = await order(housrOrder({ tenants }))
    expect([status, body.code]).toEqual([422, 'provider_rejected'])
    expect(body.errors).toMatchObject([{ pointer: '/tenants/0/email' }])
  })
})

describe('a partner package at Homebox', () => {
  test('orders the bills of the offer, paid by the agency', async () => {
    const { body: quote } = await gateway.api('POST /v1/quotes', {
      body: household({ responsibility: 'partner', bill_payers: 2, providers: ['homebox'] }),
    })
    const [offer] = quote.offers
    const { status, body } = await order({
      offer_id: offer.id,
      payer: {
        bank_account: payer().bank_account,
        billing_address: payer().billing_address,
        payment_method: 'bank_transfer',
      },
      tenants: [invitee()],
    })
    expect(status).toBe(201)
    const sent = gateway.simulators.homebox.effects().at(-1)?.body
    const bills = offer.services.flatMap((service: { id: string | null }) =>
      service.id ? [{ id: service.id }] : [],
    )
    expect(sent).toMatchObject({
      bills,
      housemates: 4,
      is_student: true,
      payment_method: 'bank-transfer',
      account_number: '12345678',
    })
    expect(body).toMatchObject({
      product: 'partner_package',
      bill_payers: 4,
      tenancy: { id: expect.stringMatching(/^tenancy_/) },
    })
    expect(JSON.stringify(body)).not.toContain('12345678')
  })
})

describe('what is known of an order elsewhere', () => {
  test('is read again at the provider with refresh=true', async () => {
    const { body } = await order({
      ...housrOrder(),
      provider: 'homebox',
      package_id: '1',
      tenants: [],
      services: null,
      broadband: null,
    })
    const { body: mappings } = await gateway.api(
      `GET /v1/orders/${body.id}?refresh=true&include=provider_data`,
    )
    expect(mappings).toMatchObject({
      id: body.id,
      provider_status: expect.any(String),
      provider_data: { homebox: { data: expect.anything() } },
    })
  })

  test('one house is one property, whoever the order is made with', async () => {
    const one = await order(
      housrOrder({ tenants: [{ ...invitee({ email: 'u@example.com' }), date_of_birth: '2004-01-21' }] }),
    )
    const other = await order({
      ...housrOrder(),
      provider: 'homebox',
      package_id: '1',
      tenants: [],
      services: null,
      broadband: null,
    })
    expect(one.body.property_id).toMatch(/^property_/)
    expect(other.body.property_id).toBe(one.body.property_id)
  })

  test('a preview shows every step with bank details masked, and stores nothing', async () => {
    const before = (await gateway.api('GET /v1/orders')).body.data.length
    const { status, body, text } = await gateway.api('POST /v1/orders?preview=true', {
      body: {
        ...housrOrder(),
        provider: 'homebox',
        package_id: '1',
        services: null,
        broadband: null,
        tenants: [payer(), invitee()],
      },
    })
    expect(status).toBe(200)
    expect(body.requests.map((request: { path: string }) => request.path)).toEqual([
      '/api/partner/order',
      '/api/partner/order/{order_id}/tenant',
      '/api/partner/order/{order_id}/invite',
    ])
    expect(body.side_effects).toContain('texts the tenant a sign-up link')
    expect(text).not.toContain('12345678')
    expect((await gateway.api('GET /v1/orders')).body.data.length).toBe(before)
  })
})
