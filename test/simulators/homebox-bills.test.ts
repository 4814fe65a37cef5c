import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningHomebox, startHomeboxSimulator } from '#simulators/homebox/index'
import { fixture } from '#test/fixture'
import { at, fieldsOf, homeboxClient, type SimulatorClient } from '#test/simulator-client'

const tenantOrder = {
  package_id: 2,
  add_ons: [35],
  coupon: 'WELCOME10',
  address: { address_id: 'VglSD9KF3EKcNz_RRXPVV' },
  total_occupants: 3,
  bill_payers: 2,
  household_type: 'professional-tenant',
  tenancy_move_in: '31/08/26',
  tenancy_start: '31/08/26',
  tenancy_end: '30/08/27',
}
const billing_address = { line1: 'Flat 1', line2: '', city: 'London', county: '', postcode: 'NR3 2AG' }
const partnerOrder = {
  bills: [{ id: '102' }, { id: '121' }],
  tenancy_start: '31/08/26',
  tenancy_end: '30/08/27',
  housemates: 3,
  is_student: false,
  address: { address_id: 'VglSD9KF3EKcNz_RRXPVV' },
  account_name: 'John Johnson',
  account_number: '12345678',
  sort_code: '123456',
  billing_address,
  tenants: [],
}

let now = new Date('2026-08-01T09:30:00Z')
let simulator: RunningHomebox
let homebox: SimulatorClient
let order: string

beforeAll(async () => {
  simulator = await startHomeboxSimulator({ clock: () => now })
  homebox = homeboxClient(simulator)
  const { body } = await homebox.post('/api/partner/order', tenantOrder)
  order = `/api/partner/order/${at(body, 'data', 'order_id')}`
})
afterAll(() => simulator.stop())

const shapeOf = (value: unknown) => [...new Set(fieldsOf(value))].toSorted()

describe('bills', () => {
  it('are those of the package and its add-ons, the coupon taken off', async () => {
    const { body } = await homebox.get(`${order}/bill`)
    expect(shapeOf(body)).toEqual(shapeOf(fixture('homebox', 'bills.list.ok')))
    expect(body).toMatchObject({
      data: [
        { title: 'Renewable Energy', price_per_housemate: '25.65', state: 'No status' },
        { title: 'Water', price_per_housemate: '8.24' },
        { title: 'Broadband 18MBPS', price_per_housemate: '7.8', state: 'Install Date Booked' },
        { title: 'TV Licence', price_per_housemate: '4.5' },
      ],
      service_charge: '10.8',
      service_charge_per_housemate: '3.6',
      total_price: '149.35',
      total_per_bill_payer: '74.68',
      next_payment_date: '2026-08-31',
    })
  })

  it('of a partner package are the chosen ones', async () => {
    const { body } = await homebox.post('/api/partner/partner-order', partnerOrder)
    const id = at(body, 'data', 'tenancy', 'order', 'id')
    expect((await homebox.get(`/api/partner/order/${id}/bill`)).body).toMatchObject({
      data: [{ id: 102, provider: 'Rebel Energy' }, { id: 121 }],
      service_charge: '22.00',
      service_charge_per_housemate: '7.33',
      total_price: '133.49',
      total_per_bill_payer: '133.49',
    })
  })

  it.each([
    ['2026-09-15T00:00:00Z', '2026-09-30'],
    ['2027-02-01T00:00:00Z', '2027-02-28'],
    ['2027-09-01T00:00:00Z', null],
  ])('are paid next, as of %s, on %s', async (moment, date) => {
    now = new Date(moment)
    expect((await homebox.get(`${order}/bill`)).body).toMatchObject({ next_payment_date: date })
  })
})

describe('payouts', () => {
  it.each([
    ['2026-09-01T00:00:00Z', 'Pending', null],
    ['2026-10-01T00:00:00Z', 'Success', '2026-09-30T00:00:00.000000Z'],
  ])('are, as of %s, %s', async (moment, status, paid_at) => {
    now = new Date(moment)
    const { body } = await homebox.get(`${order}/supplier`)
    expect(shapeOf(body)).toEqual(shapeOf(fixture('homebox', 'payouts.list.ok')))
    expect(at(body, 'data', 1)).toMatchObject({
      status,
      paid_at,
      group: 'Water',
      provider: expect.any(String),
    })
  })
})

describe('the house', () => {
  it('is told with the status of the order', async () => {
    const { body } = await homebox.get(`${order}/property`)
    expect(shapeOf(body)).toEqual(shapeOf(fixture('homebox', 'order-properties.get.ok')))
    expect(at(body, 'data')).toMatchObject({
      housemates: 3,
      tenancy_start: '2026-08-31T00:00:00.000000Z',
      status: { id: 10, name: 'bill-setup', text: 'Bills Being Setup' },
    })
  })

  it.each(['bill', 'supplier', 'property', 'payments'])('of no order has no %s', async what => {
    expect((await homebox.get(`/api/partner/order/1/${what}`)).status).toBe(404)
  })
})
