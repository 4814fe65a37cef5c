import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type RunningHomebox, startHomeboxSimulator } from '#simulators/homebox/index'
import { at, fieldsOf, homeboxClient, type SimulatorClient } from '#test/simulator-client'

const address = { line1: '123 Test Lane', line2: '', city: 'London', county: '', postcode: 'EC1V2NX' }
const partnerPackage = {
  bills: [{ id: '102', account_number: '4711' }, { id: '111' }],
  tenancy_start: '01/01/27',
  tenancy_end: '01/12/27',
  housemates: 2,
  is_student: false,
  address: { address_id: 'VglSD9KF3EKcNz_RRXPVV' },
  account_name: 'John Johnson',
  account_number: '12345678',
  sort_code: '123456',
  billing_address: address,
  tenants: [
    {
      first_name: 'John',
      last_name: 'Johnson',
      phone_number: '+441234567890',
      email_address: 'john@example.com',
    },
  ],
}
const today = { now: new Date('2026-12-06T15:39:00Z') }

let simulator: RunningHomebox
let homebox: SimulatorClient

beforeAll(async () => {
  simulator = await startHomeboxSimulator({ clock: () => today.now })
  homebox = homeboxClient(simulator)
})
afterAll(() => simulator.stop())

const post = (changes: object = {}) =>
  homebox.post('/api/partner/partner-order', { ...partnerPackage, ...changes })

describe('a partner package', () => {
  it("is answered as a tenancy of the property, with the document's fields", async () => {
    const { status, body } = await post()
    expect(status).toBe(201)
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(at(body, 'data')))).toEqual([
      'id',
      'property_id',
      'tenancy_start',
      'tenancy_end',
      'tenancy_type',
      'tenancy',
      'property',
      'created_at',
      'updated_at',
    ])
    expect(fieldsOf(at(body, 'data', 'property'))).toContain('/mpan_energisation_status')
    expect(at(body, 'data')).toMatchObject({
      tenancy_start: '2027-01-01T00:00:00.000000Z',
      tenancy_type: 'Bills Included Package',
      tenancy: {
        responsibility: 'Partner Package',
        status: 'Bills Being Setup',
        order: { negotiator: 'Un-assigned' },
      },
    })
  })

  it('has five ids in its answer and no two alike', async () => {
    const { body } = await post()
    const data = at(body, 'data')
    const ids = [
      at(data, 'id'),
      at(data, 'property_id'),
      at(data, 'property', 'id'),
      at(data, 'tenancy', 'id'),
      at(data, 'tenancy', 'order', 'id'),
    ]
    expect(z.array(z.int()).parse(ids)).toHaveLength(new Set(ids).size)
  })

  it('is listed among the orders under a reference of the provider', async () => {
    const { body } = await post()
    const id = at(body, 'data', 'tenancy', 'order', 'id')
    const order = await homebox.get(`/api/partner/order/${id}`)
    expect(at(order.body, 'data')).toMatchObject({
      household: { responsibility: 'Partner Package', housemates: 2 },
    })
    expect(at(order.body, 'data', 'reference')).toMatch(/^C\w{5}$/)
  })

  it('is active from the day on which the tenancy begins', async () => {
    const { body } = await post()
    const path = `/api/partner/order/${at(body, 'data', 'tenancy', 'order', 'id')}`
    expect(at((await homebox.get(path)).body, 'data', 'household', 'status_id')).toBe(10)
    today.now = new Date('2027-01-01T00:00:00Z')
    expect(at((await homebox.get(path)).body, 'data', 'household', 'status_id')).toBe(4)
    today.now = new Date('2026-12-06T15:39:00Z')
  })

  it.each([
    [
      'a bill id as a number',
      { bills: [{ id: 102 }] },
      'bills.0.id',
      'The bills.0.id field must be a string.',
    ],
    [
      'a bill that is not offered',
      { bills: [{ id: '102' }, { id: '9' }] },
      'bills.1.id',
      'The selected bills.1.id is invalid.',
    ],
    [
      'council tax for students',
      { bills: [{ id: '141' }], is_student: true },
      'bills.0.id',
      'The selected bills.0.id is invalid.',
    ],
    ['no bill', { bills: [] }, 'bills', 'The bills field must have at least 1 items.'],
    [
      'a student flag as text',
      { is_student: 'true' },
      'is_student',
      'The is student field must be true or false.',
    ],
    [
      'another payment method',
      { payment_method: 'direct_debit' },
      'payment_method',
      'The selected payment method is invalid.',
    ],
    [
      'a date as MM/DD/YY',
      { tenancy_end: '01/31/27' },
      'tenancy_end',
      'The tenancy end field must match the format d/m/y.',
    ],
    ['a reference', { reference: 'HOMEBOX1' }, 'reference', 'The reference field is prohibited.'],
    [
      'a tenant with email',
      { tenants: [{ ...partnerPackage.tenants[0], email: 'x@example.com' }] },
      'tenants.0.email',
      'The tenants.0.email field is prohibited.',
    ],
  ])('refuses %s', async (_case, changes, field, message) => {
    const { status, body } = await post(changes)
    expect(status).toBe(422)
    expect(at(body, 'errors', field)).toEqual([message])
  })
})
