import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type RunningHomebox, startHomeboxSimulator } from '#simulators/homebox/index'
import { at, homeboxClient, type SimulatorClient } from '#test/simulator-client'

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
  billing_address: {
    line1: 'Flat 1',
    line2: 'New Road',
    city: 'London',
    county: 'Greater London',
    postcode: 'NR3 2AG',
  },
  birthday: '01/01/2000',
  email: 'jane.smith917@example.com',
  first_name: 'Jane',
  last_name: 'Smith',
  nationality: 'GB',
  phone_number: '+441234567890',
  sort_code: '000000',
}
const john = { first_name: 'John', last_name: 'Appleseed', phone_number: '+441234567890' }

let simulator: RunningHomebox
let homebox: SimulatorClient
let path: string

beforeAll(async () => {
  simulator = await startHomeboxSimulator()
  homebox = homeboxClient(simulator)
})
afterAll(() => simulator.stop())
beforeEach(async () => {
  const { body } = await homebox.post('/api/partner/order', order)
  path = `/api/partner/order/${at(body, 'data', 'order_id')}`
})

async function add(changes: object = {}): Promise<number> {
  await homebox.post(`${path}/tenant`, { ...jane, ...changes })
  const { body } = await homebox.get(`${path}/tenant`)
  return (
    z
      .array(z.object({ id: z.int() }))
      .parse(at(body, 'data'))
      .at(-1)?.id ?? 0
  )
}

describe('bill payers', () => {
  it('are added with one sentence in a list and no id', async () => {
    const { status, body } = await homebox.post(`${path}/tenant`, jane)
    expect(status).toBe(200)
    expect(body).toEqual({ data: [`Tenant was successfully added to order ${path.split('/').at(-1)}`] })
  })

  it('are listed without their bank account', async () => {
    const id = await add()
    expect((await homebox.get(`${path}/tenant`)).body).toEqual({
      data: [
        {
          id,
          first_name: 'Jane',
          last_name: 'Smith',
          email: 'jane.smith917@example.com',
          phone_number: '+441234567890',
          birthday: '01/01/2000',
          nationality: 'GB',
        },
      ],
    })
  })

  it('are added twice when they are sent twice', async () => {
    await add()
    await add()
    expect(at((await homebox.get(`${path}/tenant`)).body, 'data')).toHaveLength(2)
  })

  it('make the order active once all are there', async () => {
    await add()
    expect(at((await homebox.get(path)).body, 'data', 'household', 'status_id')).toBe(10)
    await add({ email: 'second@example.com' })
    expect(at((await homebox.get(path)).body, 'data', 'household')).toMatchObject({
      status: 'Active',
      status_id: 4,
    })
  })

  it('are changed field by field', async () => {
    const id = await add()
    const { body } = await homebox.patch(`${path}/tenant/${id}`, { birthday: '15/01/1996' })
    expect(at(body, 'data')).toMatchObject({ id, first_name: 'Jane', birthday: '15/01/1996' })
  })

  it('are removed once', async () => {
    const id = await add()
    const first = await homebox.delete(`${path}/tenant/${id}`)
    expect(first).toMatchObject({ status: 200, body: { message: 'Tenant has been removed' } })
    expect((await homebox.delete(`${path}/tenant/${id}`)).status).toBe(404)
  })

  it.each([
    ['birthday', '2000-01-01', 'The birthday field must match the format d/m/Y.'],
    ['birthday', '01/01/00', 'The birthday field must match the format d/m/Y.'],
    ['nationality', 'British', 'The nationality field format is invalid.'],
    ['phone_number', '07700900123', 'The phone number field format is invalid.'],
    ['email', 'not an e-mail', 'The email field format is invalid.'],
    ['account_number', 12345678, 'The account number field must be a string.'],
    ['account_number', '1234567', 'The account number field format is invalid.'],
    ['sort_code', '00-00-00', 'The sort code field format is invalid.'],
    ['email_address', 'jane@example.com', 'The email address field is prohibited.'],
    ['billing_address', { line1: 'Flat 1' }, undefined],
  ])('are refused with %s %s', async (field, value, message) => {
    const { status, body } = await homebox.post(`${path}/tenant`, { ...jane, [field]: value })
    expect(status).toBe(422)
    expect(at(body, 'errors', field, 0)).toBe(message)
    expect(at((await homebox.get(`${path}/tenant`)).body, 'data')).toEqual([])
  })

  it('need every field when they are added, and a known order', async () => {
    const { body } = await homebox.post(`${path}/tenant`, {})
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(at(body, 'errors'))).sort()).toEqual(
      Object.keys(jane).sort(),
    )
    expect((await homebox.post('/api/partner/order/1/tenant', jane)).status).toBe(404)
  })
})

describe('invites', () => {
  it('are answered without an id and listed with one, the count of messages as text', async () => {
    const { body } = await homebox.post(`${path}/invite`, john)
    expect(body).toEqual({ data: [`Tenant was successfully added to order ${path.split('/').at(-1)}`] })
    expect((await homebox.get(`${path}/invite`)).body).toEqual({
      data: [{ id: expect.any(Number), ...john, total_sent: '1' }],
    })
  })

  it('are deleted once', async () => {
    await homebox.post(`${path}/invite`, john)
    const id = at((await homebox.get(`${path}/invite`)).body, 'data', 0, 'id')
    const first = await homebox.delete(`${path}/invite/${id}`)
    expect(first).toMatchObject({ status: 200, body: { message: 'Invite has been deleted' } })
    expect((await homebox.delete(`${path}/invite/${id}`)).status).toBe(404)
  })

  it('are gone once the person signed up, who is a bill payer then', async () => {
    await homebox.post(`${path}/invite`, john)
    const invite = z.int().parse(at((await homebox.get(`${path}/invite`)).body, 'data', 0, 'id'))
    const tenant = simulator.happen.signUp(invite, 'john.appleseed@example.com')
    expect(at((await homebox.get(`${path}/invite`)).body, 'data')).toEqual([])
    const { body } = await homebox.get(`${path}/tenant`)
    expect(at(body, 'data')).toMatchObject([{ id: tenant, ...john, email: 'john.appleseed@example.com' }])
  })

  it.each([
    ['email', 'john@example.com', 'The email field is prohibited.'],
    ['phone_number', '441234567890', 'The phone number field format is invalid.'],
    ['last_name', '', 'The last name field is required.'],
  ])('are refused with %s "%s"', async (field, value, message) => {
    const { status, body } = await homebox.post(`${path}/invite`, { ...john, [field]: value })
    expect(status).toBe(422)
    expect(at(body, 'errors', field)).toEqual([message])
  })
})

describe('mandates', () => {
  const bank = { account_name: 'Jane Smith', account_number: '12345678', sort_code: '123456' }

  it('are active for an ordinary account and cannot be changed then', async () => {
    const mandate = `${path}/tenant/${await add()}/mandate`
    expect((await homebox.get(mandate)).body).toEqual({ data: { name: 'Jane Smith', status: 'active' } })
    const { status, body } = await homebox.patch(mandate, bank)
    expect({ status, body }).toEqual({
      status: 422,
      body: { message: 'The mandate cannot be updated while it is active.' },
    })
  })

  it.each([
    ['00000001', 'rejected', 200],
    ['00000002', 'cancelled', 200],
    ['00000003', 'suspended', 422],
    ['00000004', 'nomandate', 200],
    ['00000005', 'pending', 422],
    ['00000006', 'submitted', 422],
  ])('of account %s are %s; changing them answers %i', async (account_number, status, changed) => {
    const mandate = `${path}/tenant/${await add({ account_number })}/mandate`
    expect(at((await homebox.get(mandate)).body, 'data', 'status')).toBe(status)
    expect((await homebox.patch(mandate, bank)).status).toBe(changed)
  })

  it('are pending after a change', async () => {
    const mandate = `${path}/tenant/${await add({ account_number: '00000001' })}/mandate`
    const { body } = await homebox.patch(mandate, { ...bank, account_name: 'J Smith' })
    expect(body).toEqual({ data: { name: 'J Smith', status: 'pending' } })
    expect((await homebox.get(mandate)).body).toEqual(body)
  })

  it('follow what happens at the bank', async () => {
    const id = await add()
    simulator.happen.setMandate(id, 'cancelled')
    expect(at((await homebox.get(`${path}/tenant/${id}/mandate`)).body, 'data', 'status')).toBe('cancelled')
  })

  it.each([
    ['account_name', 'J', 'The account name field must be at least 2 characters.'],
    [
      'account_name',
      'Jane Elizabeth Smithson',
      'The account name field must not be greater than 18 characters.',
    ],
    ['account_number', '123', 'The account number field format is invalid.'],
    ['sort_code', '12345', 'The sort code field format is invalid.'],
    ['iban', 'GB00', 'The iban field is prohibited.'],
  ])('are refused with %s "%s"', async (field, value, message) => {
    const mandate = `${path}/tenant/${await add({ account_number: '00000001' })}/mandate`
    const { status, body } = await homebox.patch(mandate, { ...bank, [field]: value })
    expect(status).toBe(422)
    expect(at(body, 'errors', field)).toEqual([message])
  })
})
