import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultFromName, faults, isFaultName } from '#simulators/core/faults'
import {
  byEmail,
  byName,
  byPostcode,
  faultAmong,
  magicPostcode,
  type SimulatorName,
  steps,
  strikesAt,
} from '#simulators/core/magic'
import { magicAccounts } from '#simulators/homebox/mandate-accounts'
import { coupons } from '#simulators/homebox/price-tables'
import { type RunningSimulators, startSimulators } from '#simulators/index'
import { at, clientOf, homeboxClient, oneUtilityBillClient } from '#test/simulator-client'
import { parsePostcode } from '#values/postcode'

const names = Object.keys(faults).filter(isFaultName)
const guide = readFileSync(new URL('../../docs/simulators.md', import.meta.url), 'utf8')

describe('a magic postcode', () => {
  it.each(names)('of "%s" is a postcode of England and chooses that fault', fault => {
    const postcode = magicPostcode('quote', 'homebox', fault)
    expect(parsePostcode(postcode)).toEqual({ postcode, nation: 'england' })
    expect(faultAmong('homebox', [byPostcode('quote', postcode)])?.name).toBe(fault)
  })

  it('strikes at its own provider and step, or at every provider', () => {
    const lost = (provider: SimulatorName, step: keyof typeof steps, postcode: string) =>
      faultAmong(provider, [byPostcode(step, postcode)])?.name
    expect(lost('homebox', 'quote', 'ZZ11 0AL')).toBe('answer-lost')
    expect(lost('one_utility_bill', 'quote', 'ZZ11 0AL')).toBeUndefined()
    expect(lost('homebox', 'order', 'ZZ11 0AL')).toBeUndefined()
    expect(lost('homebox', 'order', 'zz210al')).toBe('answer-lost')
    for (const provider of Object.keys(strikesAt)) {
      if (provider === 'homebox' || provider === 'housr')
        expect(lost(provider, 'quote', 'ZZ10 0AL')).toBe('answer-lost')
    }
  })

  it('is slow by the seconds of its inward code', () => {
    expect(faultAmong('homebox', [byPostcode('quote', 'ZZ11 7SL')])).toEqual({ name: 'slow', ms: 7_000 })
  })

  it.each(['SW15 5PU', 'ZZ1 0AL', 'ZZ99 0AL', 'ZZ11 9AL', 'ZZ11 0SL', ''])('is not "%s"', postcode => {
    expect(faultAmong('homebox', [byPostcode('quote', postcode)])).toBeNull()
  })
})

describe('a magic e-mail address or name', () => {
  it.each([
    ['answer-lost@example.com', { name: 'answer-lost' }],
    ['Answer-Lost@Example.com', { name: 'answer-lost' }],
    ['answer-lost+second@example.com', { name: 'answer-lost' }],
    ['answer-lost@homebox.example.com', { name: 'answer-lost' }],
    ['slow-1500@example.com', { name: 'slow', ms: 1_500 }],
    ['rate-limited-9000@example.com', { name: 'rate-limited', ms: 9_000 }],
  ])('%s strikes', (email, fault) => {
    expect(faultAmong('homebox', [byEmail(email)])).toMatchObject(fault)
  })

  it.each([
    'answer-lost@housr.example.com',
    'answer-lost@example.org',
    'jane@example.com',
    'constructor@example.com',
  ])('%s does not strike at Homebox', email => {
    expect(faultAmong('homebox', [byEmail(email)])).toBeNull()
  })

  it('as a last name begins with Zz-', () => {
    expect(faultAmong('homebox', [byName('Zz-Twice')])?.name).toBe('twice')
    expect(faultAmong('homebox', [byName('J Zz-Renamed-Field')])?.name).toBe('renamed-field')
    expect(faultAmong('homebox', [byName('Hang')])).toBeNull()
  })

  it('fits the 18 characters of an account name, whatever the fault', () => {
    for (const name of names) expect(`Zz-${name}`.length).toBeLessThanOrEqual(18)
  })

  it('waits no longer than a minute', () => {
    expect(faultFromName('slow-999999')).toEqual({ name: 'slow', ms: 120_000 })
  })
})

describe('the guide', () => {
  it.each(names)('has "%s" in its table, with inward code and meaning', fault => {
    expect(guide).toContain(`| \`${fault}\` | \`${faults[fault].incode}\` | ${faults[fault].meaning} |`)
  })

  it('names every coupon and every magic bank account', () => {
    for (const coupon of Object.keys(coupons)) expect(guide).toContain(`\`${coupon}\``)
    for (const [account, status] of Object.entries(magicAccounts)) {
      expect(guide).toContain(`| \`${account}\` | \`${status}\` |`)
    }
  })

  it('names every step and provider with its digit', () => {
    for (const [step, digit] of Object.entries(steps)) expect(guide).toContain(`| ${digit} | ${step} |`)
    for (const [provider, digit] of Object.entries(strikesAt))
      expect(guide).toContain(`| ${digit} | ${provider} |`)
  })
})

describe('the running simulators', () => {
  let simulators: RunningSimulators
  beforeAll(async () => {
    simulators = await startSimulators({ limit: 'off' })
  })
  afterAll(() => simulators.stop())

  it('have all their operations in the guide', () => {
    const { homebox, housr, one_utility_bill } = simulators
    for (const { operations } of [homebox, housr, one_utility_bill]) {
      for (const operation of operations) expect(guide).toContain(`\`${operation}\``)
    }
  })

  it('one postcode fails at one provider while the other answers', async () => {
    const postcode = magicPostcode('quote', 'one_utility_bill', 'unavailable')
    const oneUtilityBill = await oneUtilityBillClient(simulators.one_utility_bill)
    const body = { postcode, bed_size: 4, tenancy_start_date: '2026-09-01' }
    const path = `/api/partner/packages?postcode=${encodeURIComponent(postcode)}`
    expect((await oneUtilityBill.post('/api/v1/quotes', body)).status).toBe(503)
    expect((await homeboxClient(simulators.homebox).get(path)).status).toBe(200)
  })

  it('an order fails where its quote and address search did not', async () => {
    const homebox = homeboxClient(simulators.homebox)
    const found = await homebox.get('/api/partner/address/find/ZZ215AP')
    expect((await homebox.get('/api/partner/packages?postcode=ZZ215AP')).status).toBe(200)
    const order = {
      package_id: 1,
      address: { address_id: at(found.body, 'data', 0, 'address_id') },
      total_occupants: 2,
      household_type: 'student',
      tenancy_move_in: '01/10/26',
      tenancy_start: '01/10/26',
      tenancy_end: '01/10/27',
    }
    expect((await homebox.post('/api/partner/order', order)).status).toBe(500)
    expect(simulators.homebox.count('orders.create')).toBe(1)
  })

  it('an address search fails by a postcode of its own', async () => {
    const answer = await homeboxClient(simulators.homebox).get('/api/partner/address/find/ZZ31%205ER')
    expect(answer.status).toBe(500)
  })

  it('Housr fails by e-mail address or by the postcode at the end of its address', async () => {
    const housr = clientOf(simulators.housr, { 'x-api-key': 'housr-simulator-key' })
    const tenant = {
      firstName: 'Jane',
      lastName: 'Doe',
      birthday: '1995-04-21',
      email: 'refused@housr.example.com',
      contactNo: '+441234567890',
      address: '123 High Street, Manchester, M4 5AB',
      broadband: 'none',
      numberOfTenants: 4,
      startDate: '2026-09-01',
      endDate: '2027-08-31',
      selectedServices: { gas: 'true', electricity: 'true', water: 'false', tv: 'false', wifi: 'false' },
    }
    const path = '/api/external/createBillsPackage.php'
    expect(await housr.post(path, tenant)).toMatchObject({
      status: 400,
      body: { status: 'error', message: 'Tenant could not be accepted' },
    })
    const changes = { email: 'jane@example.com', address: '1 High Street, Exampleton, ZZ22 5AP' }
    expect((await housr.post(path, { ...tenant, ...changes })).status).toBe(500)
    expect(simulators.housr.count('bills-packages.create')).toBe(1)
  })

  it("One Utility Bill's 429 by fault carries all of its documented headers", async () => {
    const client = await oneUtilityBillClient(simulators.one_utility_bill)
    const body = { postcode: 'ZZ13 4RL', bed_size: 4, tenancy_start_date: '2026-09-01' }
    expect(await client.post('/api/v1/quotes', body)).toMatchObject({
      status: 429,
      headers: {
        'retry-after': '2',
        'x-ratelimit-limit': '1000000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': expect.stringMatching(/^\d{10}$/),
      },
      body: { message: 'Too Many Attempts.' },
    })
  })
})
