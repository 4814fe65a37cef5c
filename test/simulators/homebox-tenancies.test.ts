import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningHomebox, startHomeboxSimulator } from '#simulators/homebox/index'
import { at, homeboxClient, type SimulatorClient } from '#test/simulator-client'

const lines = {
  line1: '123 Test',
  line2: 'Example Road',
  city: 'London',
  county: 'Greater London',
  postcode: 'BN108UE',
}
const john = {
  first_name: 'John',
  last_name: 'Doe',
  email_address: 'john.doe@example.test',
  phone_number: '+441234567891',
}
const period = {
  address: lines,
  tenancy_start: '01/07/27',
  tenancy_end: '15/07/27',
  is_premium: true,
  property_empty: true,
  notifications: true,
  responsible_tenant: john,
  responsible_address: lines,
}
const forwarding_details = {
  name: 'Jane Doe',
  phone_number: '+441234567892',
  email_adress: 'jane@example.test',
  ...lines,
}

let simulator: RunningHomebox
let homebox: SimulatorClient
beforeAll(async () => {
  simulator = await startHomeboxSimulator({ clock: () => new Date('2027-01-10T00:00:00.000Z') })
  homebox = homeboxClient(simulator)
})
afterAll(() => simulator.stop())

const create = (changes: object = {}) => homebox.post('/api/partner/void', { ...period, ...changes })
const fieldsOf = (body: unknown) => Object.keys(Object(at(body, 'errors')))

describe('creating a void', () => {
  it("answers the document's sample, every id another number", async () => {
    const { status, body } = await create({ forwarding_details, property_reference: 'P-1' })
    expect(status).toBe(201)
    const stamp = '2027-01-10T00:00:00.000000Z'
    expect(body).toEqual({
      data: {
        id: expect.any(Number),
        property_id: at(body, 'data', 'property', 'id'),
        tenancy_start: '2027-07-01T00:00:00.000000Z',
        tenancy_end: '2027-07-15T00:00:00.000000Z',
        tenancy_type: 'Void Period',
        tenancy: {
          id: expect.any(Number),
          property_empty: true,
          responsible_tenant: john,
          responsible_address: { ...lines, postcode: 'BN10 8UE' },
        },
        property: expect.objectContaining({ address_line1: '123 Test', status_id: 5, status: 'Unknown' }),
        created_at: stamp,
        updated_at: stamp,
      },
    })
    expect(at(body, 'data', 'tenancy', 'id')).not.toBe(at(body, 'data', 'id'))
  })

  it('takes a property that there is, and no other', async () => {
    const property_id = at((await create()).body, 'data', 'property_id')
    const { status, body } = await create({ address: undefined, property_id })
    expect([status, at(body, 'data', 'property_id')]).toEqual([201, property_id])
    expect(fieldsOf((await create({ address: undefined, property_id: 1 })).body)).toEqual(['property_id'])
  })

  it.each([
    ['address', { address: undefined }],
    ['address', { property_id: 1 }],
    ['property_empty', { property_empty: 'yes' }],
    ['responsible_tenant', { responsible_tenant: undefined }],
    ['responsible_address.county', { responsible_address: { ...lines, county: undefined } }],
    ['tenancy_start', { tenancy_start: '2027-07-01' }],
    ['tenancy_end', { tenancy_end: '01/07/27' }],
    [
      'forwarding_details.email_adress',
      { forwarding_details: { ...forwarding_details, email_adress: undefined } },
    ],
    ['premium', { premium: true }],
  ])('refuses a wrong %s', async (field, changes) => {
    const { status, body } = await create(changes)
    expect([status, fieldsOf(body)]).toEqual([422, [field]])
  })
})

describe('a tenancy', () => {
  const pathOf = (body: unknown) =>
    `/api/partner/property/${String(at(body, 'data', 'property_id'))}/tenancy/${String(at(body, 'data', 'id'))}`

  it('of a void is read as it was made, and gets other dates', async () => {
    const { body } = await create()
    expect((await homebox.get(pathOf(body))).body).toEqual(body)
    const dates = { tenancy_start: '23/07/27', tenancy_end: '24/07/27' }
    expect((await homebox.patch(pathOf(body), dates)).status).toBe(200)
    const read = (await homebox.get(pathOf(body))).body
    expect([at(read, 'data', 'tenancy_start'), at(read, 'data', 'tenancy_end')]).toEqual([
      '2027-07-23T00:00:00.000000Z',
      '2027-07-24T00:00:00.000000Z',
    ])
  })

  it.each([
    ['tenancy_end', { tenancy_start: '23/07/27' }],
    ['tenancy_end', { tenancy_start: '23/07/27', tenancy_end: '22/07/27' }],
    ['tenancy_start', { tenancy_start: '2027-07-23', tenancy_end: '24/07/27' }],
  ])('refuses a wrong %s', async (field, dates) => {
    const { status, body } = await homebox.patch(pathOf((await create()).body), dates)
    expect([status, fieldsOf(body)]).toEqual([422, [field]])
  })

  it('is not found under another property', async () => {
    const { body } = await create()
    const other = await create({ address: { ...lines, line1: '124 Test' } })
    const id = String(at(other.body, 'data', 'property_id'))
    const tenancy = String(at(body, 'data', 'id'))
    expect((await homebox.get(`/api/partner/property/${id}/tenancy/${tenancy}`)).status).toBe(404)
  })
})
