import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningSimulator } from '#simulators/core/simulator'
import { startHousrSimulator } from '#simulators/housr/index'
import { fixture } from '#test/fixture'
import { ask, at, clientOf, type Reply } from '#test/simulator-client'

const PATH = '/api/external/createBillsPackage.php'
const jane = {
  firstName: 'Jane',
  lastName: 'Doe',
  birthday: '1995-04-21',
  email: 'jane.doe@example.com',
  contactNo: '+441234567890',
  address: '123 High Street, Manchester, M4 5AB',
  broadband: '400mbps',
  numberOfTenants: 4,
  startDate: '2026-09-01',
  endDate: '2027-08-31',
  selectedServices: { gas: 'true', electricity: 'true', water: 'true', tv: 'true', wifi: 'false' },
}

let simulator: RunningSimulator

beforeAll(async () => {
  simulator = await startHousrSimulator({ firstId: 2022051 })
})
afterAll(() => simulator.stop())

function post(body: unknown): Promise<Reply> {
  return clientOf(simulator, { 'x-api-key': simulator.credentials['api_key'] ?? '' }).post(PATH, body)
}

function refusal(message: string, status = 400) {
  return { status, body: { status: 'error', message } }
}

describe('creating a bills package', () => {
  it('answers two ids and the sentence about the password', async () => {
    expect(await post({ ...jane, email: 'first@example.com' })).toMatchObject({
      status: 200,
      body: {
        status: 'success',
        data: {
          houseContractId: 2022051,
          tenantId: 2022052,
          message: 'New Housr user created. Password is their initials plus date of birth (e.g. JS15012004).',
        },
      },
    })
    expect(simulator.effects()).toMatchObject([
      { operation: 'bills-packages.create', body: { ...jane, email: 'first@example.com' } },
    ])
  })

  it('refuses an e-mail address that has a contract, in any case of letters', async () => {
    await post({ ...jane, email: 'known@example.com' })
    const before = simulator.count('bills-packages.create')
    expect(await post({ ...jane, email: 'KNOWN@example.com' })).toMatchObject(
      refusal('Tenant email already associated with a contract'),
    )
    expect(simulator.count('bills-packages.create')).toBe(before)
  })

  it('offers the possible addresses of the sample for an unclear one, and takes either of them', async () => {
    const unclear = await post({ ...jane, address: '61 Bury Old Road, Manchester, M4 5AB' })
    expect(unclear).toMatchObject({ status: 400, body: fixture('housr', 'refusal.possible-addresses') })
    const address = at(unclear.body, 'possibleAddresses', 1, 'address')
    expect((await post({ ...jane, email: 'clear@example.com', address })).status).toBe(200)
  })

  it('offers possible addresses where no postcode is named', async () => {
    const { status, body } = await post({ ...jane, address: '9 Nowhere Street' })
    expect(status).toBe(400)
    expect(at(body, 'possibleAddresses', 0, 'address')).toBe('9 Nowhere Street Ainsworth, Bolton, BL2 5SD')
  })

  it.each([
    ['firstName', 'Tenant first name is required'],
    ['lastName', 'Tenant last name is required'],
    ['birthday', 'Tenant birthday is required'],
    ['email', 'Tenant email is required'],
    ['contactNo', 'Tenant contact number is required'],
    ['address', 'Address is required'],
    ['broadband', 'Broadband is required'],
    ['numberOfTenants', 'Number of tenants is required'],
    ['startDate', 'Start date is required'],
    ['endDate', 'End date is required'],
    ['selectedServices', 'Selected services is required'],
  ])('requires %s', async (field, message) => {
    expect(await post({ ...jane, [field]: undefined })).toMatchObject(refusal(message))
    expect(await post({ ...jane, [field]: '' })).toMatchObject(refusal(message))
  })

  it('asks for one field at a time, in the order of its table', async () => {
    expect(await post({ firstName: 'Jane', email: 'wrong' })).toMatchObject(
      refusal('Tenant last name is required'),
    )
  })

  it.each([
    ['email', 'jane.doe', 'Invalid email format'],
    ['birthday', '21/04/1995', 'Invalid date format (YYYY-MM-DD)'],
    ['startDate', '2026-02-30', 'Invalid date format (YYYY-MM-DD)'],
    ['endDate', 20270831, 'Invalid date format (YYYY-MM-DD)'],
    ['contactNo', '12', 'Invalid phone number format'],
    ['numberOfTenants', '4', 'Invalid number of tenants format'],
    ['selectedServices', { ...jane.selectedServices, gas: true }, 'Invalid selected services format'],
    ['selectedServices', { gas: 'true' }, 'Invalid selected services format'],
    ['selectedServices', { ...jane.selectedServices, phone: 'true' }, 'Invalid selected services format'],
    ['reference', 'order_1', 'Unknown field reference'],
  ])('refuses %s %j', async (field, value, message) => {
    expect(await post({ ...jane, [field]: value })).toMatchObject(refusal(message))
  })

  it.each([
    ['no key', {}, refusal('Missing API key', 401)],
    ['a wrong key', { 'x-api-key': 'wrong' }, refusal('Invalid API key', 401)],
  ])('refuses %s before it reads the body', async (_case, headers, expected) => {
    expect(await ask(`${simulator.url}${PATH}`, 'POST', { headers, json: {} })).toMatchObject(expected)
  })

  it.each([
    ['no JSON', { 'content-type': 'application/json' }, '{"firstName":'],
    ['another content type', { 'content-type': 'text/plain' }, '{}'],
    ['a list', { 'content-type': 'application/json' }, '[]'],
  ])('refuses %s', async (_case, type, text) => {
    const headers = { ...type, 'x-api-key': simulator.credentials['api_key'] ?? '' }
    const answer = await ask(`${simulator.url}${PATH}`, 'POST', { headers, text })
    expect(answer).toMatchObject(refusal('Invalid JSON'))
  })
})
