import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type RunningHomebox, startHomeboxSimulator } from '#simulators/homebox/index'
import { fixture } from '#test/fixture'
import { at, fieldsOf, homeboxClient, type SimulatorClient } from '#test/simulator-client'

const order = {
  package_id: 1,
  address: { address_id: 'VglSD9KF3EKcNz_RRXPVV' },
  total_occupants: 2,
  household_type: 'professional-tenant',
  tenancy_move_in: '01/10/26',
  tenancy_start: '01/10/26',
  tenancy_end: '01/10/27',
}
const jane = {
  account_name: 'Jane Smith',
  account_number: '12345678',
  sort_code: '000000',
  billing_address: { line1: 'Flat 1', line2: 'New Road', city: 'London', county: '', postcode: 'NR3 2AG' },
  birthday: '01/01/2000',
  email: 'jane.smith917@example.com',
  first_name: 'Jane',
  last_name: 'Smith',
  nationality: 'GB',
  phone_number: '+441234567890',
}

let simulator: RunningHomebox
let homebox: SimulatorClient
let payments: string

beforeAll(async () => {
  simulator = await startHomeboxSimulator({ clock: () => new Date('2026-08-01T09:30:00Z') })
  homebox = homeboxClient(simulator)
})
afterAll(() => simulator.stop())
beforeEach(async () => {
  const { body } = await homebox.post('/api/partner/order', order)
  const path = `/api/partner/order/${at(body, 'data', 'order_id')}`
  payments = `${path}/payments`
  await homebox.post(`${path}/tenant`, jane)
})

const list = async () => (await homebox.get(payments)).body
const firstId = async () => z.int().parse(at(await list(), 'data', 0, 'id'))
const replace = (id: number, body: unknown = { payment_method: 'bank-transfer' }) =>
  homebox.post(`${payments}/${id}/replace`, body)

describe('payments', () => {
  it('come with each bill payer, in the shape of the sample', async () => {
    const listed = await list()
    expect(fieldsOf(listed).toSorted()).toEqual(fieldsOf(fixture('homebox', 'payments.list.ok')).toSorted())
    expect(at(listed, 'data')).toEqual([
      {
        id: expect.any(Number),
        amount: '53.45',
        status: 'pending',
        status_id: 1,
        payment_method: 'direct-debit',
        attempt: 1,
        previous_attempt_id: null,
        next_attempt_id: null,
        user: { email: 'jane.smith917@example.com', first_name: 'Jane', last_name: 'Smith' },
        paid_at: null,
        created_at: '2026-08-01 09:30:00',
      },
    ])
  })

  it('are replaced by one of another method, which the two tell of each other', async () => {
    const id = await firstId()
    const { status, body } = await replace(id)
    expect(status).toBe(200)
    const made = at(body, 'data', 'id')
    expect(at(body, 'data')).toMatchObject({ status: 'pending', payment_method: 'bank-transfer' })
    expect(at(await list(), 'data')).toMatchObject([
      { id, status: 'cancelled', next_attempt_id: made },
      { id: made, status: 'pending', previous_attempt_id: id },
    ])
  })

  it.each([
    ['no method', {}, 'payment_method'],
    ['a method that is not documented', { payment_method: 'card' }, 'payment_method'],
    ['a field that is not documented', { payment_method: 'direct-debit', amount: '1.00' }, 'amount'],
  ])('are not replaced with %s', async (_name, body, field) => {
    const refused = await replace(await firstId(), body)
    expect(refused.status).toBe(422)
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(at(refused.body, 'errors')))).toEqual([field])
  })

  it.each(['success', 'cancelled'] as const)('are not replaced any more once they are %s', async status => {
    const id = await firstId()
    simulator.happen.setPayment(id, status)
    expect((await replace(id)).status).toBe(422)
    expect(at(await list(), 'data')).toMatchObject([{ id, status }])
  })

  it('of another order are not found', async () => {
    expect((await replace(1)).status).toBe(404)
  })

  it('that succeed say when', async () => {
    simulator.happen.setPayment(await firstId(), 'success')
    expect(at(await list(), 'data', 0)).toMatchObject({ status_id: 2, paid_at: '2026-08-01 09:30:00' })
  })
})
