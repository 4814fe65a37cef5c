import { expect, onTestFinished, test } from 'vitest'
import { startTestGateway } from '#test/gateway'
import { household } from '#test/households'
import { homeboxOffer, invitee, payer } from '#test/orders'

const address = { line_1: '5 Media Exchange', city: 'Newcastle upon Tyne', postcode: 'NE1 2QB' }
const tenancy = { start_date: '2027-09-01', end_date: '2028-08-31' }
const partner_uuid = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'
const customer = { first_name: 'Jane', last_name: 'Smith', email: 'jane.smith@example.com' }
const BELOW = [
  'bills',
  'payments',
  'payouts',
  'property',
  'tenants',
  'invites',
  'postal-bills',
  'meter-readings',
]
const LISTS = ['properties', 'branches', 'payment-requests', 'payments', 'vouchers', 'gift-cards', 'invoices']

test('what the simulators answer is no drift, whatever of it was left out when it was made', async () => {
  const gateway = await startTestGateway()
  onTestFinished(() => gateway.close())
  const { api, services } = gateway
  async function make(path: string, body: unknown): Promise<string> {
    const answer = await api(`POST /v1/${path}`, { body })
    expect([path, answer.status]).toEqual([path, 201])
    return answer.body.id
  }

  await make('quotes', household())
  const offer_id = await homeboxOffer(api)
  const order = await make('orders', { offer_id, tenancy, tenants: [payer(), invitee()] })
  const holder = invitee({ date_of_birth: '2000-01-01' })
  const atHousr = { provider: 'housr', product: 'bills_package', services: ['gas'], tenants: [holder] }
  await make('orders', { ...atHousr, address, occupants: 1, tenancy })
  const lead = await make('leads', { address, tenancy, tenants: [invitee()] })
  await make('properties', { address })
  await make('payment-requests', { partner_uuid, amount: { amount: 10_000, currency: 'EUR' }, customer })
  const paths = [
    ...BELOW.map(list => `orders/${order}/${list}`),
    ...LISTS,
    ...[`orders/${order}?refresh=true`, `leads/${lead}?refresh=true`, 'providers/homebox/account'],
  ]
  for (const path of paths) expect([path, (await api(`GET /v1/${path}`)).status]).toEqual([path, 200])

  await services.drift.flush()
  const drifts = await services.database.sql.query('SELECT endpoint, path, kind FROM contract_drifts')
  expect(drifts.rows).toEqual([])
})
