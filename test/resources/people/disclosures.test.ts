import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { leadRequest } from '#test/lead-requests'
import { placeOrder } from '#test/order-people'
import { invitee, payer } from '#test/orders'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const CONTACT = ['first_name', 'last_name', 'email', 'phone']
const { address, tenancy } = household()

interface Told {
  readonly provider: string
  readonly operation: string
}

/** What was told of somebody, the newest first. */
async function toldOf(email: string): Promise<readonly Told[]> {
  const { body } = await gateway.api(`GET /v1/people?email=${encodeURIComponent(email)}`)
  return body.disclosures
}
const named = (told: readonly Told[]) => told.map(({ provider, operation }) => `${provider} ${operation}`)

describe('what is told of somebody', () => {
  test('is told of the first tenant only at Housr', async () => {
    const first = { ...invitee({ email: 'first@example.com' }), date_of_birth: '2004-01-21' }
    const order = { provider: 'housr', product: 'tenant_package', address, tenancy, occupants: 4 }
    const tenants = [first, invitee({ email: 'second@example.com', last_name: 'Second' })]
    const choice = { services: ['energy', 'broadband'], broadband: '400mbps', tenants }
    const { body } = await gateway.api('POST /v1/orders', { body: { ...order, ...choice } })
    const fields = [...CONTACT, 'date_of_birth']
    expect(await toldOf('first@example.com')).toMatchObject([
      { provider: 'housr', resource: body.id, fields },
    ])
    expect(await toldOf('second@example.com')).toEqual([])
  })

  test('is told of everybody of a partner package, and not of whoever came later', async () => {
    const { bank_account, billing_address } = payer()
    const { body: quote } = await gateway.api('POST /v1/quotes', {
      body: household({ providers: ['homebox'], responsibility: 'partner' }),
    })
    const tenants = [
      invitee({ email: 'one@example.com' }),
      invitee({ email: 'two@example.com', last_name: 'Two' }),
    ]
    const { status, body } = await gateway.api('POST /v1/orders', {
      body: { offer_id: quote.offers[0].id, tenants, payer: { bank_account, billing_address } },
    })
    expect(status).toBe(201)
    const later = payer({ email: 'later@example.com' })
    expect((await gateway.api(`POST /v1/orders/${body.id}/tenants`, { body: later })).status).toBe(201)
    expect(named(await toldOf('later@example.com'))).toEqual(['homebox tenants.create'])
    for (const email of ['one@example.com', 'two@example.com'])
      expect(await toldOf(email)).toMatchObject([
        { operation: 'orders.create', resource: body.id, fields: CONTACT },
      ])
  })

  test('is not told with the order itself where tenants are added one by one', async () => {
    await placeOrder(gateway, { tenants: [payer({ email: 'added@example.com' })] })
    expect(named(await toldOf('added@example.com'))).toEqual(['homebox tenants.create'])
  })

  test('is told again with each change, and by each provider of a lead', async () => {
    const order = await placeOrder(gateway, { tenants: [payer({ email: 'changed@example.com' })] })
    const tenant = order.body.tenants[0]?.id
    const { status } = await gateway.api(`PATCH ${order.path}/tenants/${tenant}`, {
      body: { last_name: 'Newname' },
    })
    expect(status).toBe(200)
    await gateway.api('POST /v1/leads', {
      body: leadRequest({
        tenants: [invitee({ email: 'changed@example.com' }), invitee({ email: 'other@example.com' })],
      }),
    })
    expect(named(await toldOf('changed@example.com')).toSorted()).toEqual([
      'homebox leads.create',
      'homebox tenants.create',
      'homebox tenants.update',
      'one_utility_bill leads.create',
    ])
  })

  test('is read from what was sent while that is kept', async () => {
    const email = 'refused+told@example.com'
    await placeOrder(gateway, { tenants: [payer({ email })] })
    const fields = [...CONTACT, 'date_of_birth', 'nationality', 'billing_address', 'bank_account']
    expect(await toldOf(email)).toMatchObject([{ state: 'refused', fields, fields_from: 'input' }])
  })

  test('leaves out what was never sent', async () => {
    const { body: lead } = await gateway.api('POST /v1/leads', {
      body: leadRequest({
        tenants: [invitee({ email: 'rate-limited@one-utility-bill.example.com' })],
        providers: ['one_utility_bill'],
      }),
    })
    expect(lead.submissions).toMatchObject([{ status: 'failed' }])
    expect(await toldOf('rate-limited@one-utility-bill.example.com')).toEqual([])
  })

  test('is told to MyBeezBox of the first tenant who is asked for a payment', async () => {
    const { path } = await placeOrder(gateway, { tenants: [payer({ email: 'asked@example.com' })] })
    const body = {
      partner_uuid: '9b2f0d0e-8a51-4f2c-9a5e-0d4d7d0f3b11',
      amount: { amount: 1_000, currency: 'EUR' },
    }
    await gateway.api(`POST ${path}/payment-requests`, { body })
    const told = (await toldOf('asked@example.com')).filter(({ provider }) => provider === 'mybeezbox')
    expect(told).toMatchObject([
      {
        operation: 'paymentRequests.create',
        resource: path.split('/').at(-1),
        fields: ['first_name', 'last_name', 'email'],
      },
    ])
  })
})
