import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningHomebox, startHomeboxSimulator } from '#simulators/homebox/index'
import { at, homeboxClient, type SimulatorClient } from '#test/simulator-client'

const address = {
  line1: '123 Test Lane',
  line2: '',
  city: 'London',
  county: 'Greater London',
  postcode: 'EC1V2NX',
}

let simulator: RunningHomebox
let homebox: SimulatorClient
beforeAll(async () => {
  simulator = await startHomeboxSimulator({ clock: () => new Date('2027-01-06T10:27:12.000Z') })
  homebox = homeboxClient(simulator)
})
afterAll(() => simulator.stop())

const create = (body: object) => homebox.post('/api/partner/property', body)
const filterOf = (filter: unknown) =>
  encodeURIComponent(Buffer.from(JSON.stringify(filter)).toString('base64'))

describe('properties', () => {
  it("are answered as in the document's sample", async () => {
    const { status, body } = await create({ address, property_reference: 'P-1' })
    expect(status).toBe(201)
    expect(body).toEqual({
      data: {
        id: expect.any(Number),
        address_line1: '123 Test Lane',
        address_line2: null,
        address_line3: null,
        address_line4: null,
        address_city: 'London',
        address_county: 'Greater London',
        address_postcode: 'EC1V 2NX',
        status_id: 1,
        status: 'New Tenancy',
        created_at: '2027-01-06T10:27:12.000000Z',
        updated_at: '2027-01-06T10:27:12.000000Z',
        external_id: null,
        retrieved_at: null,
        mpan: null,
        mprn: null,
        uprn: null,
      },
    })
    const read = await homebox.get(`/api/partner/property/${String(at(body, 'data', 'id'))}`)
    expect(at(read.body, 'data', 'partner_properties', 0, 'property_reference')).toBe('P-1')
  })

  it('are one per house', async () => {
    const [one, other] = [await create({ address }), await create({ address })]
    expect(at(other.body, 'data', 'id')).toBe(at(one.body, 'data', 'id'))
  })

  it.each([
    ['address', {}],
    ['address.line1', { address: { ...address, line1: '' } }],
    ['address.address_id', { address: { address_id: 'nobody-gave-this' } }],
    ['surprise', { address, surprise: 1 }],
  ])('are refused for %s', async (field, body) => {
    const answer = await create(body)
    expect([answer.status, Object.keys(Object(at(answer.body, 'errors')))]).toEqual([422, [field]])
  })

  it('are listed by status and words', async () => {
    const listed = async (query: string) =>
      at((await homebox.get(`/api/partner/property${query}`)).body, 'data')
    expect(await listed('?q=test')).toHaveLength(1)
    expect(await listed(`?filter=${filterOf({ status: [2] })}`)).toEqual([])
    expect(await listed(`?filter=${filterOf({ status: [1, 2] })}&q=london&page=1`)).toHaveLength(1)
    expect(await listed('?page=2')).toEqual([])
  })

  it.each(['?filter=%7B', `?filter=${filterOf({ state: [1] })}`, '?page=0', '?limit=1'])(
    'refuse the list query %s',
    async query => {
      expect((await homebox.get(`/api/partner/property${query}`)).status).toBe(422)
    },
  )

  it('are not found by a foreign id', async () => {
    expect((await homebox.get('/api/partner/property/1')).status).toBe(404)
  })
})
