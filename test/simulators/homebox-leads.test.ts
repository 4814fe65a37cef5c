import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningHomebox, startHomeboxSimulator } from '#simulators/homebox/index'
import { at, homeboxClient, type SimulatorClient } from '#test/simulator-client'

const bill = {
  first_name: 'Bill',
  last_name: 'Appleseed',
  phone_number: '+441234567890',
  email_address: 'bill.appleseed@example.com',
}
const lead = {
  tenancy_start: '01/07/27',
  tenancy_end: '01/07/28',
  existing_tenancy: false,
  notifications: true,
  managing_party_name: 'Example Agent',
  address: {
    line1: '123 Test Lane',
    line2: '',
    city: 'London',
    county: 'Greater London',
    postcode: 'EC1V2NX',
  },
  tenants: [bill],
}

let simulator: RunningHomebox
let homebox: SimulatorClient

beforeAll(async () => {
  simulator = await startHomeboxSimulator({ clock: () => new Date('2027-04-23T18:04:07.000Z') })
  homebox = homeboxClient(simulator)
})
afterAll(() => simulator.stop())

const post = (changes: object = {}) => homebox.post('/api/partner/lead', { ...lead, ...changes })

describe('creating a lead', () => {
  it("answers the document's sample, timestamps in both of its formats", async () => {
    const { status, body } = await post()
    expect(status).toBe(201)
    const anyId = expect.any(Number)
    const zoneless = { created_at: '2027-04-23 18:04:07', updated_at: '2027-04-23 18:04:07' }
    expect(at(body, 'data')).toEqual({
      id: anyId,
      partner_id: 1,
      tenancy_start: '2027-07-01T00:00:00.000000Z',
      tenancy_end: '2028-07-01T00:00:00.000000Z',
      tenancy_type: 'New Tenancy',
      completed_at: null,
      managing_party_name: 'Example Agent',
      property: {
        id: anyId,
        address_line1: '123 Test Lane',
        address_line2: null,
        address_line3: null,
        address_line4: null,
        address_city: 'London',
        address_county: 'Greater London',
        address_postcode: 'EC1V 2NX',
        status_id: 1,
        status: 'New Tenancy',
        ...zoneless,
        external_id: null,
        mpan: null,
        mpan_top_line: null,
        mpan_economy7: null,
        mpan_profile_class: null,
        mpan_energisation_status: null,
        mprn: null,
        uprn: null,
        gspid: null,
        meter_type_electric: null,
        serial_number_electric: null,
        serial_number_gas: null,
      },
      property_reference: null,
      tenants: [{ id: anyId, ...bill, unsubscribed: false, ...zoneless }],
      created_at: '2027-04-23T18:04:07.000000Z',
    })
    expect(at(body, 'meta', 'links', 'show')).toBe(
      `${simulator.url}/api/partner/lead/${at(body, 'data', 'id')}`,
    )
  })

  it('takes an address id with its postcode', async () => {
    const { body } = await post({ address: { address_id: 'UN5Iu2KV9zOVJbacTYozt', postcode: 'BN11AB' } })
    expect(at(body, 'data', 'property')).toMatchObject({
      address_line1: '35 Ship Street',
      address_city: 'Brighton',
    })
  })

  it('needs no address without notifications', async () => {
    const { status, body } = await post({ address: undefined, notifications: false })
    expect(status).toBe(201)
    expect(at(body, 'data', 'property')).toBeNull()
  })

  it.each([
    [
      'no address with notifications',
      { address: undefined },
      'address',
      'The address field is required when notifications is true.',
    ],
    [
      'no address by default',
      { address: undefined, notifications: undefined },
      'address',
      'The address field is required when notifications is true.',
    ],
    [
      'an address id alone',
      { address: { address_id: 'UN5Iu2KV9zOVJbacTYozt' } },
      'address.postcode',
      'The address.postcode field is required.',
    ],
    ['no end date', { tenancy_end: undefined }, 'tenancy_end', 'The tenancy end field is required.'],
    ['no tenants', { tenants: [] }, 'tenants', 'The tenants field must have at least 1 items.'],
    [
      'a flag as text',
      { notifications: 'true' },
      'notifications',
      'The notifications field must be true or false.',
    ],
    [
      'a date as YYYY-MM-DD',
      { tenancy_start: '2027-07-01' },
      'tenancy_start',
      'The tenancy start field must match the format d/m/y.',
    ],
    [
      'a tenant without e-mail',
      { tenants: [{ ...bill, email_address: undefined }] },
      'tenants.0.email_address',
      'The tenants.0.email address field is required.',
    ],
    ['a field of another provider', { quote_id: 'x' }, 'quote_id', 'The quote id field is prohibited.'],
  ])('refuses %s', async (_case, changes, field, message) => {
    const { status, body } = await post(changes)
    expect(status).toBe(422)
    expect(at(body, 'errors', field)).toEqual([message])
  })
})

describe('reading leads', () => {
  it('finds one by its id', async () => {
    const { body } = await post({ property_reference: 't0013981' })
    const found = await homebox.get(`/api/partner/lead/${at(body, 'data', 'id')}`)
    expect(at(found.body, 'data')).toEqual(at(body, 'data'))
    expect(at(found.body, 'data', 'property_reference')).toBe('t0013981')
  })

  it('answers 404 for an unknown one', async () => {
    expect((await homebox.get('/api/partner/lead/1')).status).toBe(404)
  })

  it('lists the newest first, with links and meta beside the data', async () => {
    for (let made = simulator.count('leads.create'); made < 51; made++) await post()
    const { body } = await homebox.get('/api/partner/lead')
    const path = `${simulator.url}/api/partner/lead`
    expect(at(body, 'data')).toHaveLength(50)
    expect(at(body, 'links')).toEqual({
      first: `${path}?page=1`,
      last: `${path}?page=2`,
      prev: null,
      next: `${path}?page=2`,
    })
    expect(at(body, 'meta')).toEqual({
      current_page: 1,
      from: 1,
      last_page: 2,
      path,
      per_page: 50,
      to: 50,
      total: 51,
    })
    const last = await homebox.get('/api/partner/lead?page=2')
    expect(at(last.body, 'meta')).toMatchObject({ from: 51, to: 51 })
  })
})
