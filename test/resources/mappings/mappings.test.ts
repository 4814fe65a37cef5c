import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { leadRequest } from '#test/lead-requests'
import { homeboxOffer } from '#test/orders'
import { seedKey } from '#test/seed'

interface Row {
  resource: string
  provider: string
  provider_resource: string
  provider_id: string
}

let gateway: TestGateway
let orderId: string
let leadId: string
const now = new Date('2026-11-21T12:00:00.000Z')

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
  const offer_id = await homeboxOffer(gateway.api)
  orderId = (await gateway.api('POST /v1/orders', { body: { offer_id, bill_payers: 1 } })).body.id
  leadId = (await gateway.api('POST /v1/leads', { body: leadRequest() })).body.id
})
afterAll(() => gateway.close())

const list = async (query = ''): Promise<Row[]> => (await gateway.api(`GET /v1/mappings?${query}`)).body.data

describe('GET /v1/mappings', () => {
  test('tells which object of the provider a resource is', async () => {
    expect(await list(`resource=${orderId}`)).toEqual([
      {
        object: 'mapping',
        resource: orderId,
        provider: 'homebox',
        provider_resource: 'order',
        provider_id: expect.stringMatching(/^\d+$/),
        created_at: now.toISOString(),
      },
    ])
  })

  test('tells which resource an object of the provider is', async () => {
    const [order] = await list(`resource=${orderId}`)
    const query = `provider=homebox&provider_resource=order&provider_id=${order?.provider_id}`
    expect(await list(query)).toEqual([order])
    expect(await list(query.replace('=order', '=lead'))).toEqual([])
    expect(await list(query.replace('homebox', 'housr'))).toEqual([])
  })

  test('tells every provider that a lead is at', async () => {
    const rows = await list(`resource=${leadId}`)
    expect(rows.map(({ provider }) => provider).toSorted()).toEqual(['homebox', 'one_utility_bill'])
  })

  test.each([
    'provider=homebox',
    'provider_resource=lead',
    'provider=homebox&provider_resource=lead',
    'provider=one_utility_bill&provider_resource=order',
  ])('filters by %s', async query => {
    const wanted = Object.entries(Object.fromEntries(new URLSearchParams(query)))
    const fits = (row: Row) => wanted.every(([name, value]) => Reflect.get(row, name) === value)
    expect(await list(query)).toEqual((await list('limit=100')).filter(fits))
  })

  test('gives every mapping once over its pages, newest first', async () => {
    const rows: Row[] = []
    let cursor = ''
    for (let page = 0; page < 20; page += 1) {
      const { body } = await gateway.api(`GET /v1/mappings?limit=1${cursor}`)
      rows.push(...body.data)
      if (!body.has_more) break
      cursor = `&cursor=${body.next_cursor}`
    }
    expect(rows.length).toBeGreaterThan(3)
    expect(rows).toEqual(await list('limit=100'))
  })

  test('shows nothing of another account', async () => {
    const { key } = await seedKey(gateway)
    expect((await gateway.api(`GET /v1/mappings?resource=${orderId}`, { key })).body.data).toEqual([])
    expect((await gateway.api('GET /v1/mappings?provider=homebox', { key })).body.data).toEqual([])
  })

  test.each([
    ['resource=915', '/query/resource', 'invalid_id'],
    ['provider=nobody', '/query/provider', 'invalid_value'],
    ['provider_id=a%00', '/query/provider_id', 'invalid_characters'],
    ['id=1', '/query/id', 'unknown_field'],
  ])('refuses %s', async (query, pointer, code) => {
    const answer = await gateway.api(`GET /v1/mappings?${query}`)
    expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
  })
})
