import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { fixture } from '#test/fixture'
import { type ScriptedHomebox, startScriptedHomebox } from '#test/scripted-homebox'
import { seedKey } from '#test/seed'
import { seedOrder } from '#test/seeded-order'

let homebox: ScriptedHomebox
let id: string
beforeAll(async () => {
  homebox = await startScriptedHomebox()
  id = await seedOrder(homebox.gateway, { providerId: '31', occupants: 1, bill_payers: 1 })
})
afterAll(() => homebox.close())

const get = (what: string, order = id) => homebox.gateway.api(`GET /v1/orders/${order}/${what}`)
const sample = (name: string) => homebox.answers({ body: fixture('homebox', name) })
const gbp = (amount: number) => ({ amount, currency: 'GBP' })
const atHomebox = { mode: 'test', provider: 'homebox' }

describe('GET /v1/orders/{order_id}/bills', () => {
  test('tells the documented bills with their totals, by one request', async () => {
    sample('bills.list.ok')
    const { status, body } = await get('bills')
    expect(status).toBe(200)
    expect(body).toEqual({
      object: 'list',
      has_more: false,
      next_cursor: null,
      data: [
        {
          id: '1',
          object: 'bill',
          ...atHomebox,
          type: 'energy',
          name: 'Standard Plan',
          supplier: 'truEnergy',
          state: 'no_status',
          provider_state: 'No status',
          set_up_on: null,
          installation_on: null,
          price_per_person_per_month: gbp(8000),
          logo_url: null,
        },
        expect.objectContaining({ id: '2', type: 'tv_licence', installation_on: '2023-02-02' }),
      ],
      service_charge: gbp(650),
      service_charge_per_person: gbp(650),
      total: gbp(10150),
      total_per_bill_payer: gbp(10150),
      next_payment_on: '2023-04-02',
      adds_up: true,
    })
    expect(homebox.requests.map(({ line }) => line)).toEqual(['GET /api/partner/order/31/bill'])
  })

  test('hides no total that does not add up: it is said and logged', async () => {
    sample('bills.list.ok')
    const forTwo = await seedOrder(homebox.gateway, { providerId: '32', occupants: 2, bill_payers: 2 })
    const before = homebox.gateway.logs.length
    expect((await get('bills', forTwo)).body).toMatchObject({ total: gbp(10150), adds_up: false })
    const logged = homebox.gateway.logs.slice(before).join('')
    expect(logged).toContain('the totals of an order do not add up')
    expect(logged).toContain(forTwo)
  })

  test('has pages, and the totals on each of them', async () => {
    sample('bills.list.ok')
    const first = (await get('bills?limit=1')).body
    expect(first).toMatchObject({ data: [{ id: '1' }], has_more: true, total: gbp(10150) })
    const second = (await get(`bills?limit=1&cursor=${first.next_cursor}`)).body
    expect(second).toMatchObject({ data: [{ id: '2' }], has_more: false, total: gbp(10150) })
  })
})

describe('GET /v1/orders/{order_id}/payouts', () => {
  test('tells the documented payments to suppliers', async () => {
    sample('payouts.list.ok')
    const { body } = await get('payouts')
    expect(body.data).toEqual([
      {
        id: '915',
        object: 'payout',
        ...atHomebox,
        status: 'pending',
        provider_status: 'Pending',
        bill: 'Standard Plan',
        supplier: 'Southern Water',
        type: 'water',
        paid_at: null,
        created_at: '2021-06-20T16:08:51.000Z',
      },
      expect.objectContaining({ id: '916', status: 'succeeded', paid_at: '2021-06-20T16:08:51.000Z' }),
    ])
    expect(homebox.requests.map(({ line }) => line)).toEqual(['GET /api/partner/order/31/supplier'])
  })
})

describe('GET /v1/orders/{order_id}/property', () => {
  const property = {
    object: 'order_property',
    ...atHomebox,
    property_id: null,
    occupants: 1,
    tenancy: { start_date: '2021-06-01', end_date: '2021-06-30' },
    move_in_date: '2021-06-01',
    status: 'pending',
    provider_status: 'Bills Being Setup',
    address: {
      line_1: 'Oxford Road',
      line_2: null,
      city: 'Oxford',
      county: 'Oxfordshire',
      postcode: 'OX24 2CV',
      address_id: null,
      uprn: null,
      umprn: null,
      udprn: null,
    },
  }

  test('tells the documented house', async () => {
    sample('order-properties.get.ok')
    const { body } = await get('property')
    expect(body).toEqual({ ...property, order_id: id })
    expect(homebox.requests.map(({ line }) => line)).toEqual(['GET /api/partner/order/31/property'])
  })

  test('adds what Homebox said, word by word, when it is asked for', async () => {
    sample('order-properties.get.ok')
    const { body } = await get('property?include=provider_data')
    expect(body.provider_data.homebox.data).toEqual(fixture('homebox', 'order-properties.get.ok'))
  })
})

describe('GET /v1/orders/{order_id}/payments', () => {
  test('tells the documented payments', async () => {
    sample('payments.list.ok')
    const { body } = await get('payments')
    expect(body.data).toEqual([
      {
        id: '81',
        object: 'payment',
        ...atHomebox,
        amount: gbp(16500),
        status: 'succeeded',
        provider_status: 'success',
        method: 'bank_transfer',
        attempt: 1,
        previous_attempt_id: null,
        next_attempt_id: null,
        payer: { first_name: 'John', last_name: 'Doe', email: 'john.doe@example.test' },
        paid_at: '2021-06-20T14:00:00.000Z',
        created_at: '2021-06-20T13:57:22.000Z',
      },
      expect.objectContaining({ id: '82', amount: gbp(29000) }),
    ])
    expect(homebox.requests.map(({ line }) => line)).toEqual(['GET /api/partner/order/31/payments'])
  })
})

describe.each(['bills', 'payouts', 'property', 'payments'])('GET /v1/orders/{order_id}/%s', what => {
  test('is 404 for the order of another account, and asks nobody', async () => {
    homebox.answers({ body: {} })
    const { key } = await seedKey(homebox.gateway)
    expectProblem(await homebox.gateway.api(`GET /v1/orders/${id}/${what}`, { key }), 'not_found')
    expect(homebox.requests).toEqual([])
  })

  test('is 409 while the order is not known to be there', async () => {
    expectProblem(await get(what, await seedOrder(homebox.gateway)), 'state_conflict')
  })

  test('is 422 where the provider has no such thing', async () => {
    homebox.answers({ status: 404, body: { message: 'Not Found' } })
    expect(expectProblem(await get(what), 'provider_rejected')).toMatchObject({ provider_status: 404 })
  })

  test('is 502 where the answer is none of the document', async () => {
    homebox.answers({ body: { data: { surprise: true } } })
    expectProblem(await get(what), 'provider_error')
  })
})
