import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type RunningHomebox, startHomeboxSimulator } from '#simulators/homebox/index'
import { at, homeboxClient, type SimulatorClient } from '#test/simulator-client'

const tenantPackage = {
  package_id: 2,
  add_ons: [35],
  address: { address_id: 'VglSD9KF3EKcNz_RRXPVV' },
  reference: 'HOMEBOX1',
  total_occupants: 5,
  bill_payers: 2,
  household_type: 'student',
  tenancy_move_in: '01/10/26',
  tenancy_start: '01/10/26',
  tenancy_end: '01/10/27',
}
const lines = {
  line1: '123 Test Lane',
  line2: '',
  city: 'London',
  county: 'Greater London',
  postcode: 'EC1V2NX',
}

let simulator: RunningHomebox
let homebox: SimulatorClient

beforeAll(async () => {
  simulator = await startHomeboxSimulator({ clock: () => new Date('2026-09-28T10:59:21.417Z') })
  homebox = homeboxClient(simulator)
})
afterAll(() => simulator.stop())
beforeEach(() => simulator.disarm())

async function create(changes: object = {}): Promise<number> {
  const answer = await homebox.post('/api/partner/order', { ...tenantPackage, ...changes })
  return z.int().parse(at(answer.body, 'data', 'order_id'))
}

describe('creating a tenant package', () => {
  it("answers the document's fields, dates at midnight with micro-seconds, each id a number of its own", async () => {
    const { status, body } = await homebox.post('/api/partner/order', tenantPackage)
    expect(status).toBe(201)
    expect(at(body, 'data')).toMatchObject({
      tenancy_start: '2026-10-01T00:00:00.000000Z',
      tenancy_end: '2027-10-01T00:00:00.000000Z',
      tenancy_type: 'Tenant Bills Package',
      tenancy: { status: 'Bills Being Setup', status_id: 10, order: { reference: 'HOMEBOX1' } },
      property: { address_line1: '123 Test Lane', address_line2: null, external_id: 'VglSD9KF3EKcNz_RRXPVV' },
      created_at: '2026-09-28T10:59:21.000000Z',
    })
    const order = at(body, 'data', 'order_id')
    expect(at(body, 'meta', 'links', 'show')).toBe(`${simulator.url}/api/partner/order/${order}`)
    const ids = [order, at(body, 'data', 'property_id'), at(body, 'data', 'tenancy', 'id')]
    expect(new Set(ids).size).toBe(3)
  })

  it('counts one effect with the body that was sent', async () => {
    const before = simulator.count('orders.create')
    await create({ reference: 'counted' })
    expect(simulator.count('orders.create')).toBe(before + 1)
    expect(simulator.effects('orders.create').at(-1)?.body).toEqual({
      ...tenantPackage,
      reference: 'counted',
    })
  })

  it('takes the complete address too, and knows the house again', async () => {
    const first = await homebox.post('/api/partner/order', { ...tenantPackage, address: lines })
    const second = await homebox.post('/api/partner/order', { ...tenantPackage, address: lines })
    expect(at(second.body, 'data', 'property_id')).toBe(at(first.body, 'data', 'property_id'))
    expect(at(second.body, 'data', 'order_id')).not.toBe(at(first.body, 'data', 'order_id'))
  })

  it('takes as many bill payers as occupants when none are named', async () => {
    const { bill_payers: _, ...rest } = tenantPackage
    const { body } = await homebox.post('/api/partner/order', rest)
    expect(at(body, 'data', 'tenancy')).toMatchObject({ bill_payers: 5, housemates: 5 })
  })

  it.each([
    [
      'a date as YYYY-MM-DD',
      { tenancy_start: '2026-10-01' },
      'tenancy_start',
      'The tenancy start field must match the format d/m/y.',
    ],
    [
      'a year of four digits',
      { tenancy_end: '01/10/2027' },
      'tenancy_end',
      'The tenancy end field must match the format d/m/y.',
    ],
    [
      'a day that does not exist',
      { tenancy_move_in: '31/09/26' },
      'tenancy_move_in',
      'The tenancy move in field must match the format d/m/y.',
    ],
    [
      'an end before the start',
      { tenancy_end: '30/09/26' },
      'tenancy_end',
      'The tenancy end field must be a date after tenancy start.',
    ],
    ['an unknown package', { package_id: 9 }, 'package_id', 'The selected package id is invalid.'],
    ['a package id as text', { package_id: '2' }, 'package_id', 'The package id field must be an integer.'],
    [
      'an add-on that the package has not',
      { add_ons: [35, 31, 999] },
      'add_ons.2',
      'The selected add ons.2 is invalid.',
    ],
    ['council tax for students', { add_ons: [36] }, 'add_ons.0', 'The selected add ons.0 is invalid.'],
    [
      'more bill payers than occupants',
      { bill_payers: 6 },
      'bill_payers',
      'The bill payers field must be less than or equal to total occupants.',
    ],
    [
      'an unknown household type',
      { household_type: 'family' },
      'household_type',
      'The selected household type is invalid.',
    ],
    ['an unknown coupon', { coupon: 'NOPE' }, 'coupon', 'The selected coupon is invalid.'],
    [
      'an unknown field',
      { order_reference: 'x' },
      'order_reference',
      'The order reference field is prohibited.',
    ],
    [
      'an unknown address id',
      { address: { address_id: 'nowhere' } },
      'address.address_id',
      'The selected address.address id is invalid.',
    ],
    [
      'an id and lines at once',
      { address: { ...lines, address_id: 'VglSD9KF3EKcNz_RRXPVV' } },
      'address.line1',
      'The address.line1 field is prohibited.',
    ],
    [
      'an address without county',
      { address: { ...lines, county: undefined } },
      'address.county',
      'The address.county field is required.',
    ],
    [
      'our own name for a line',
      { address: { ...lines, line_1: 'x' } },
      'address.line_1',
      'The address.line 1 field is prohibited.',
    ],
    ['no reference but null', { reference: null }, 'reference', 'The reference field is required.'],
  ])('refuses %s', async (_case, changes, field, message) => {
    const before = simulator.count('orders.create')
    const { status, body } = await homebox.post('/api/partner/order', { ...tenantPackage, ...changes })
    expect(status).toBe(422)
    expect(at(body, 'errors', field)).toEqual([message])
    expect(simulator.count('orders.create')).toBe(before)
  })

  it.each([
    'package_id',
    'address',
    'total_occupants',
    'household_type',
    'tenancy_start',
    'tenancy_end',
    'tenancy_move_in',
  ])('requires %s', async field => {
    const { status, body } = await homebox.post('/api/partner/order', {
      ...tenantPackage,
      [field]: undefined,
    })
    const message = `The ${field.replaceAll('_', ' ')} field is required.`
    expect({ status, body }).toEqual({ status: 422, body: { message, errors: { [field]: [message] } } })
  })
})

describe('reading orders', () => {
  it("has the fields of the document's list", async () => {
    const id = await create({ reference: 'to-read' })
    const { body } = await homebox.get(`/api/partner/order/${id}`)
    expect(at(body, 'data')).toEqual({
      id,
      partner_id: 1,
      package_id: 2,
      from_lead_id: null,
      package: 'Silver',
      household: {
        id: expect.any(Number),
        bill_payers: 2,
        housemates: 5,
        status: 'Bills Being Setup',
        status_id: 10,
        tenancy_start: '2026-10-01T00:00:00.000000Z',
        tenancy_end: '2027-10-01T00:00:00.000000Z',
        responsibility: 'Tenant Package',
        move_in_date: '2026-10-01T00:00:00.000000Z',
        address: {
          address_line1: '123 Test Lane',
          address_line2: null,
          address_city: 'London',
          address_county: null,
          address_postcode: 'EC1V 2NX',
        },
      },
      add_ons: [35],
      negotiator: 'John Doe',
      reference: 'to-read',
      origin: 'API',
      created_at: '2026-09-28T10:59:21.000000Z',
    })
  })

  it('lists the newest first, fifty to a page, with the count of all', async () => {
    for (let made = 0; made < 51; made++) await create({ reference: `page-${made}` })
    const first = await homebox.get('/api/partner/order')
    const second = await homebox.get('/api/partner/order?page=2')
    expect(at(first.body, 'data', 0, 'reference')).toBe('page-50')
    expect(at(first.body, 'data')).toHaveLength(50)
    expect(at(second.body, 'data', 0, 'reference')).toBe('page-0')
    expect(at(first.body, 'meta')).toEqual({ order_count: simulator.count('orders.create') })
  })

  it('has an empty page after the last', async () => {
    expect(at((await homebox.get('/api/partner/order?page=999')).body, 'data')).toEqual([])
  })

  it.each(['0', '1', '__proto__', 'x', '99999999999999999999'])(
    'answers 404 for the order "%s"',
    async id => {
      expect((await homebox.get(`/api/partner/order/${id}`)).status).toBe(404)
    },
  )

  it.each(['page=0', 'page=x', 'reference=HOMEBOX1'])('refuses the query "%s"', async query => {
    expect((await homebox.get(`/api/partner/order?${query}`)).status).toBe(422)
  })

  it("shows the provider's own decision on an order", async () => {
    const id = await create()
    simulator.happen.setOrderStatus(id, { id: 9, text: 'Cancelled' })
    const { body } = await homebox.get(`/api/partner/order/${id}`)
    expect(at(body, 'data', 'household')).toMatchObject({ status: 'Cancelled', status_id: 9 })
  })
})
