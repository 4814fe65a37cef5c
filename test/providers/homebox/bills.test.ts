import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { fixture } from '#test/fixture'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
const at = { order_id: '31' }
const gbp = (amount: number) => ({ amount, currency: 'GBP' })

function connect(answer: unknown) {
  const upstream = recordingUpstream(answer)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}

describe('bills of an order at Homebox', () => {
  it('are read with the totals beside them, in pence', async () => {
    const { upstream, client } = connect(fixture('homebox', 'bills.list.ok'))
    expect(await operations['orders.bills'](client, at)).toEqual({
      bills: [
        {
          id: '1',
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
        {
          id: '2',
          type: 'tv_licence',
          name: 'Standard Plan',
          supplier: 'TV Licensing',
          state: 'install_date_booked',
          provider_state: 'Install Date Booked',
          set_up_on: '2023-02-02',
          installation_on: '2023-02-02',
          price_per_person_per_month: gbp(1500),
          logo_url: null,
        },
      ],
      service_charge: gbp(650),
      service_charge_per_person: gbp(650),
      total: gbp(10150),
      total_per_bill_payer: gbp(10150),
      next_payment_on: '2023-04-02',
    })
    const path = '/api/partner/order/{order_id}/bill'
    expect(upstream.requests).toEqual([{ method: 'GET', path, params: at, headers }])
  })

  it('keep a state that is new, and are of an other one', async () => {
    const { client } = connect({
      data: [{ id: 1, title: 'Water', state: 'Cancelled', price_per_housemate: '1' }],
      total_price: '1.00',
    })
    expect((await operations['orders.bills'](client, at)).bills).toMatchObject([
      { type: 'water', state: 'other', provider_state: 'Cancelled', name: 'Water' },
    ])
  })

  it.each([
    ['a price that is none', { data: [{ id: 1, price_per_housemate: 'free' }], total_price: '1.00' }],
    ['no total', { data: [] }],
  ])('are off contract with %s', async (_name, answer) => {
    const { client } = connect(answer)
    await expect(operations['orders.bills'](client, at)).rejects.toMatchObject({
      facts: { code: 'provider_error' },
    })
  })
})

describe('payouts of an order at Homebox', () => {
  it('are its payments to suppliers', async () => {
    const { upstream, client } = connect(fixture('homebox', 'payouts.list.ok'))
    expect(await operations['orders.payouts'](client, at)).toEqual([
      {
        id: '915',
        status: 'pending',
        provider_status: 'Pending',
        bill: 'Standard Plan',
        supplier: 'Southern Water',
        type: 'water',
        paid_at: null,
        created_at: '2021-06-20T16:08:51.000Z',
      },
      {
        id: '916',
        status: 'succeeded',
        provider_status: 'Success',
        bill: 'Standard Plan',
        supplier: 'Lewes District Council',
        type: 'council_tax',
        paid_at: '2021-06-20T16:08:51.000Z',
        created_at: '2021-06-20T16:08:51.000Z',
      },
    ])
    const path = '/api/partner/order/{order_id}/supplier'
    expect(upstream.requests).toEqual([{ method: 'GET', path, params: at, headers }])
  })

  it('keep a status that is new, and are of an other one', async () => {
    const { client } = connect({ data: [{ id: 1, status: 'Returned' }] })
    const [payout] = await operations['orders.payouts'](client, at)
    expect(payout).toMatchObject({ status: 'other', provider_status: 'Returned', type: 'other' })
  })
})

describe('the house of an order at Homebox', () => {
  it('is read with its own spelling of an address', async () => {
    const { upstream, client } = connect(fixture('homebox', 'order-properties.get.ok'))
    expect(await operations['orders.property'](client, at)).toEqual({
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
      },
    })
    const path = '/api/partner/order/{order_id}/property'
    expect(upstream.requests).toEqual([{ method: 'GET', path, params: at, headers }])
  })

  it.each([
    [{ id: 4, text: 'Active' }, 'active'],
    [{ id: 11, text: 'Cancelled' }, 'cancelled'],
    [{ id: 12, text: 'Completed' }, 'ended'],
    [{ id: 13, text: 'On Fire' }, 'other'],
  ])('says %j, which is %s', async (status, ours) => {
    const { client } = connect({ data: { status } })
    const property = await operations['orders.property'](client, at)
    expect(property).toMatchObject({ status: ours, provider_status: status.text })
  })
})
