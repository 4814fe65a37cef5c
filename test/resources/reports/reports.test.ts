import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { leadRequest } from '#test/lead-requests'
import { homeboxOffer, invitee } from '#test/orders'
import { seedKey } from '#test/seed'

const NOW = new Date('2027-03-17T23:30:00.000Z')
let now = NOW
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
  now = new Date('2027-02-28T23:59:59.000Z')
  await makeHousehold()
  now = new Date('2027-03-01T00:00:00.000Z')
  await makeHousehold()
  now = NOW
  await makeHousehold()
  await orderAtHousr()
})
afterAll(() => gateway.close())

/** A lead and then an order for the same house, at Homebox. */
async function makeHousehold(): Promise<void> {
  await gateway.api('POST /v1/leads', { body: leadRequest({ providers: ['homebox'] }) })
  const { status } = await gateway.api('POST /v1/orders', {
    body: { offer_id: await homeboxOffer(gateway.api) },
  })
  expect(status).toBe(201)
}

async function orderAtHousr(): Promise<void> {
  const { status } = await gateway.api('POST /v1/orders', {
    body: {
      ...{ provider: 'housr', product: 'tenant_package', occupants: 2, services: ['energy'] },
      address: { line_1: '9 New Lane', city: 'London', postcode: 'EC1V 2NX' },
      tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
      tenants: [{ ...invitee(), date_of_birth: '2001-02-03' }],
    },
  })
  expect(status).toBe(201)
}

const report = (metric: string, query = '') => gateway.api(`GET /v1/reports/${metric}${query}`)
const asked = () => gateway.simulators.homebox.requests().at(-1)

describe('GET /v1/reports/{metric}', () => {
  test("shows Homebox's figure of the month to date beside our counts at every provider", async () => {
    const { status, body } = await report('orders_new')
    expect([status, body]).toEqual([
      200,
      {
        object: 'report',
        mode: 'test',
        metric: 'orders_new',
        from: '2027-03-01',
        to: '2027-03-17',
        provider: 'homebox',
        value: 2,
        name: 'New Orders',
        description:
          'This is the number of new orders for bills packages you have received this month so far.',
        prefix: null,
        suffix: null,
        formatted: '2',
        gateway: {
          total: 3,
          by_provider: [
            { provider: 'homebox', count: 2 },
            { provider: 'housr', count: 1 },
          ],
        },
        difference: 0,
      },
    ])
    expect([asked()?.path, asked()?.query]).toEqual(['/api/partner/metrics/orders/new', {}])
  })

  test('counts both days of a period, in UTC', async () => {
    const { body } = await report('orders_new', '?from=2027-02-28&to=2027-02-28')
    expect([body.value, body.gateway.total, body.from, body.to]).toEqual([1, 1, '2027-02-28', '2027-02-28'])
    expect(asked()?.query).toEqual({ from: '2027-02-28', to: '2027-02-28' })
    const { body: open } = await report('orders_new', '?from=2027-02-28&provider=homebox')
    expect([open.value, open.gateway.total, open.to]).toEqual([3, 4, '2027-03-17'])
    expect(asked()?.query).toEqual({ from: '2027-02-28' })
  })

  test.each([
    ['leads_new', 'leads/new', 2],
    ['leads_orders', 'leads/orders', 1],
    ['notifications_completed', 'notifications/completed', 0],
    ['payments_failed', 'payments/failed', 0],
    ['payments_pending', 'payments/pending', 0],
    ['payments_successful', 'payments/successful', 0],
  ])('shows %s', async (metric, path, count) => {
    const { body } = await report(metric)
    expect([body.metric, body.value, body.gateway.total, body.difference]).toEqual([metric, count, count, 0])
    expect(asked()?.path).toBe(`/api/partner/metrics/${path}`)
  })

  test('counts leads that were done, and payments by when they were last seen', async () => {
    const { sql } = gateway.services.database
    await sql.query('UPDATE lead_submissions SET completed_at = $1', [NOW])
    await sql.query(
      `INSERT INTO seen_payments (id, account_id, mode, order_id, provider, provider_payment_id, status, seen_at)
       SELECT gen_random_uuid(), account_id, mode, id, provider, status.text, status.text, $1
       FROM orders, (VALUES ('failed'), ('pending'), ('succeeded')) AS status (text) WHERE provider = 'homebox'`,
      [NOW],
    )
    const differing = async (metric: string) => {
      const { body } = await report(metric)
      return [body.gateway.total, body.difference]
    }
    expect(await differing('notifications_completed')).toEqual([3, -3])
    for (const metric of ['payments_failed', 'payments_pending', 'payments_successful'])
      expect(await differing(metric)).toEqual([3, -3])
    const { body } = await report('payments_failed', '?from=2027-03-01&to=2027-03-16')
    expect(body.gateway).toEqual({ total: 0, by_provider: [] })
  })

  test.each(['orders_approval', 'orders_active'])(
    'counts %s as they stand now, and takes no days',
    async metric => {
      const { body } = await report(metric)
      expect([body.from, body.to, body.value]).toEqual([null, null, 0])
      const { errors } = expectProblem(
        await report(metric, '?from=2027-03-01&to=2027-03-02'),
        'validation_failed',
      )
      expect(errors?.map(error => error.pointer)).toEqual(['/query/from', '/query/to'])
    },
  )

  test('counts the orders in a state by what we know of them', async () => {
    const { body: list } = await gateway.api('GET /v1/orders?provider=homebox&limit=1')
    const [order] = list.data
    const status = { id: 4, text: 'Active' }
    gateway.simulators.homebox.happen.setOrderStatus(Number(order.steps[0].provider_ids[0]), status)
    expect((await report('orders_active')).body).toMatchObject({
      value: 1,
      gateway: { total: 0 },
      difference: 1,
    })
    await gateway.api(`GET /v1/orders/${order.id}?refresh=true`)
    expect((await report('orders_active')).body).toMatchObject({
      value: 1,
      gateway: { total: 1 },
      difference: 0,
    })
    expect((await report('orders_approval')).body.gateway.total).toBe(3)
  })

  test.each([
    ['/query/from', '?from=2027-02-30'],
    ['/query/from', '?to=2027-03-01'],
    ['/query/to', '?from=2027-03-02&to=2027-03-01'],
    ['/query/provider', '?provider=nobody'],
  ])('refuses what is wrong at %s: %s', async (pointer, query) => {
    const { errors } = expectProblem(await report('orders_new', query), 'validation_failed')
    expect(errors?.map(error => error.pointer)).toEqual([pointer])
  })

  test('is of a known metric, at a provider that reports, through a connection of the account itself', async () => {
    const { detail } = expectProblem(await report('orders_old'), 'not_found')
    expect(detail).toMatch(/^There is no such resource: metric must be one of orders_new, .*leads_orders/)
    const { supported_by } = expectProblem(
      await report('orders_new', '?provider=housr'),
      'capability_not_supported',
    )
    expect(supported_by).toEqual(['homebox'])
    const { key } = await seedKey(gateway)
    expectProblem(await gateway.api('GET /v1/reports/orders_new', { key }), 'provider_not_connected')
  })
})
