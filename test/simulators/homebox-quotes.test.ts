import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningSimulator } from '#simulators/core/simulator'
import { startHomeboxSimulator } from '#simulators/homebox/index'
import { fixture } from '#test/fixture'
import { ask, at, fieldsOf, homeboxClient, type SimulatorClient } from '#test/simulator-client'

const Bills = z.array(
  z.object({
    name: z.string(),
    provider: z.string(),
    prices: z.array(
      z.object({ housemates: z.int(), price_per_housemate: z.string(), price_total: z.string() }),
    ),
  }),
)
const Packages = z.object({
  packages: z.array(z.object({ name: z.string(), bills: Bills, addons: Bills })),
})

let simulator: RunningSimulator
let homebox: SimulatorClient

beforeAll(async () => {
  simulator = await startHomeboxSimulator()
  homebox = homeboxClient(simulator)
})
afterAll(() => simulator.stop())

async function packagesFor(query: string) {
  return Packages.parse((await homebox.get(`/api/partner/packages?${query}`)).body).packages
}

function names(bills: z.output<typeof Bills>): string[] {
  return bills.map(({ name }) => name)
}

/** Pence, by the chapter "Calculating Prices". */
function perTenant(bills: z.output<typeof Bills>, housemates: number): number {
  const prices = bills.map(({ prices }) => prices.find(row => row.housemates === housemates))
  return prices.reduce((sum, row) => sum + Math.round(Number(row?.price_per_housemate) * 100), 0)
}

describe('tenant packages', () => {
  it('have every field of the document and its price rows', async () => {
    const answer = await homebox.get('/api/partner/packages?is_student=true&postcode=SW155PU')
    const sample = fixture('homebox', 'quotes.create.packages')
    expect(answer.status).toBe(200)
    expect(fieldsOf(answer.body)).toEqual(expect.arrayContaining(fieldsOf(sample)))
  })

  it('are Bronze, Silver, Gold and Custom, a service charge in each', async () => {
    const packages = await packagesFor('postcode=SW155PU')
    expect(packages.map(({ name }) => name)).toEqual(['Bronze', 'Silver', 'Gold', 'Custom'])
    for (const { bills } of packages) expect(names(bills)).toContain('Service Charge')
    expect(names(packages.at(-1)?.bills ?? [])).toEqual(['Service Charge'])
  })

  it('cost about £35 per person for four in Bronze', async () => {
    const [bronze] = await packagesFor('postcode=SW155PU&is_student=true')
    expect(perTenant(bronze?.bills ?? [], 4)).toBe(3506)
  })

  it('state a price for 1 to 14 housemates, shares rounded so that they need not add up', async () => {
    const [bronze] = await packagesFor('postcode=SW155PU')
    const energy = bronze?.bills[0]?.prices ?? []
    expect(energy.map(({ housemates }) => housemates)).toEqual(
      Array.from({ length: 14 }, (_, index) => index + 1),
    )
    expect(energy[3]).toMatchObject({ price_per_housemate: '23.53', price_total: '94.1' })
  })

  it('offer no council tax to students', async () => {
    const [toStudents] = await packagesFor('postcode=SW155PU&is_student=true')
    const [toOthers] = await packagesFor('postcode=SW155PU&is_student=false')
    expect(names(toStudents?.addons ?? [])).not.toContain('Council Tax')
    expect(names(toOthers?.addons ?? [])).toContain('Council Tax')
  })

  it('have the water supplier and the council of the postcode', async () => {
    const [bronze] = await packagesFor('postcode=BN11AB')
    const providers = [...(bronze?.bills ?? []), ...(bronze?.addons ?? [])].map(({ provider }) => provider)
    expect(providers).toContain('Southern Water')
    expect(providers).toContain('Brighton and Hove City Council')
  })

  it.each(['EH1 1AA', 'BT1 1AA'])(
    'have no water bill where water is no bill of its own: %s',
    async postcode => {
      const packages = await packagesFor(`postcode=${encodeURIComponent(postcode)}`)
      for (const { bills, addons } of packages)
        expect([...names(bills), ...names(addons)]).not.toContain('Water')
    },
  )

  it('are cheaper with a coupon', async () => {
    const [full] = await packagesFor('postcode=SW155PU')
    const [lowered] = await packagesFor('postcode=SW155PU&coupon=WELCOME10')
    expect(perTenant(full?.bills ?? [], 4)).toBe(3506)
    expect(perTenant(lowered?.bills ?? [], 4)).toBe(3154)
  })

  it('have the TV licence under the id of the document', async () => {
    const { body } = await homebox.get('/api/partner/packages?postcode=SW155PU&is_student=true')
    const addons = z
      .array(z.object({ id: z.int(), name: z.string() }))
      .parse(at(body, 'packages', 0, 'addons'))
    expect(addons.find(({ name }) => name === 'TV Licence')?.id).toBe(35)
  })

  it('are the same whenever they are asked for', async () => {
    const first = await homebox.get('/api/partner/packages?postcode=M13%209PL&is_student=true')
    const second = await homebox.get('/api/partner/packages?postcode=m139pl&is_student=true')
    expect(second.body).toEqual(first.body)
  })

  it.each([
    ['', 'postcode', 'The postcode field is required.'],
    ['postcode=NOWHERE', 'postcode', 'The postcode field must be a valid UK postcode.'],
    ['postcode=SW155PU&coupon=NOPE', 'coupon', 'The selected coupon is invalid.'],
    ['postcode=SW155PU&is_student=1', 'is_student', 'The selected is student is invalid.'],
    ['postcode=SW155PU&housemates=3', 'housemates', 'The housemates field is prohibited.'],
    ['postcode=SW155PU&postcode=M139PL', 'postcode', 'The postcode field must be a string.'],
  ])('refuse the query "%s"', async (query, field, message) => {
    const { status, body } = await homebox.get(`/api/partner/packages?${query}`)
    expect({ status, body }).toEqual({ status: 422, body: { message, errors: { [field]: [message] } } })
  })
})

describe('the partner quote', () => {
  const byLines = 'line1=1%20Test%20Lane&city=London&postcode=EC1V2NX'

  it('has every field of the document, prices for the asked household only', async () => {
    const { status, body } = await homebox.get(
      '/api/partner/quote?housemates=3&address_id=VglSD9KF3EKcNz_RRXPVV',
    )
    expect(status).toBe(200)
    expect(fieldsOf(body)).toEqual(
      expect.arrayContaining(fieldsOf(fixture('homebox', 'quotes.create.partner'))),
    )
    const rows = at(body, 'data', 0, 'bills', 0, 'prices')
    expect(rows).toMatchObject([{ housemates: 3, price_per_housemate: '30.78', price_total: '92.34' }])
  })

  it('rounds the service charge of a housemate, so that three of them are not the whole', async () => {
    const { body } = await homebox.get(`/api/partner/quote?housemates=3&${byLines}`)
    expect(body).toMatchObject({ service_charge: '22.00', service_charge_per_housemate: '7.33' })
  })

  it('has essential, required and hidden utilities', async () => {
    const { body } = await homebox.get(`/api/partner/quote?housemates=3&${byLines}`)
    expect(at(body, 'data')).toMatchObject([
      { name: 'Renewable Energy', is_essential: true },
      { name: 'Water', bills: [{ is_required: true }] },
      { name: 'Internet' },
      { name: 'TV Licence' },
      { name: 'Council Tax' },
      { name: 'TV' },
      { name: 'Void Management', is_hidden: true },
    ])
  })

  it('has no prices for a household larger than the largest', async () => {
    const { body } = await homebox.get(`/api/partner/quote?housemates=15&${byLines}`)
    expect(at(body, 'data', 0, 'bills', 0, 'prices')).toEqual([])
  })

  it('has no council tax for students', async () => {
    const { body } = await homebox.get(`/api/partner/quote?housemates=3&is_student=true&${byLines}`)
    expect(JSON.stringify(body)).not.toContain('Council Tax')
  })

  it.each([
    [byLines, 'housemates', 'The housemates field is required.'],
    [`housemates=0&${byLines}`, 'housemates', 'The housemates field must be an integer.'],
    ['housemates=3', 'line1', 'The line1 field is required when address id is not present.'],
    [
      'housemates=3&line1=1&postcode=EC1V2NX',
      'city',
      'The city field is required when address id is not present.',
    ],
    ['housemates=3&address_id=A23456789012345678901', 'address_id', 'The selected address id is invalid.'],
    [`housemates=3&coupon=WELCOME10&${byLines}`, 'coupon', 'The coupon field is prohibited.'],
  ])('refuses the query "%s"', async (query, field, message) => {
    const { status, body } = await homebox.get(`/api/partner/quote?${query}`)
    expect(status).toBe(422)
    expect(at(body, 'errors', field)).toEqual([message])
  })
})

describe('every endpoint of Homebox', () => {
  const json = { accept: 'application/json' }
  const authorization = 'Bearer homebox-simulator-token'

  it.each([
    ['no credentials', json, 401, 'Unauthenticated.'],
    ['another token', { ...json, authorization: 'Bearer other' }, 401, 'Unauthenticated.'],
    ['another scheme', { ...json, authorization: 'Basic homebox-simulator-token' }, 401, 'Unauthenticated.'],
    ['no Accept header', { authorization }, 400, 'Bad Request'],
  ])('refuses %s', async (_case, headers, status, message) => {
    const answer = await ask(`${simulator.url}/api/partner/account`, 'GET', { headers })
    expect(answer).toMatchObject({ status, body: { message } })
  })

  it('answers an unknown path with 404', async () => {
    expect(await homebox.get('/api/partner/nowhere')).toMatchObject({
      status: 404,
      body: { message: 'Not Found' },
    })
  })

  it('answers the account as documented', async () => {
    const { body } = await homebox.get('/api/partner/account')
    expect(Object.keys(z.record(z.string(), z.string()).parse(at(body, 'data')))).toEqual([
      'name',
      'management_fee',
      'reference_number',
      'image_path',
      'theme_color_primary',
    ])
  })

  it('refuses a query where none is documented', async () => {
    const { status, body } = await homebox.get('/api/partner/account?page=1')
    expect(status).toBe(422)
    expect(at(body, 'errors', 'page')).toEqual(['The page field is prohibited.'])
  })
})
