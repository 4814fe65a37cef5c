import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { expectProblem } from '#test/expect-problem'
import { houseNumber } from '#test/portfolio'
import { seedKey } from '#test/seed'

const HOUSES = 60
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  const { url, credentials } = gateway.simulators.homebox
  for (let number = 1; number <= HOUSES; number += 1) {
    const { line_1, city, county } = houseNumber(number)
    const address = { line1: line_1, line2: '', city, county, postcode: 'EC1V2NX' }
    await fetch(`${url}/api/partner/property`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${credentials['token']}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ address }),
    })
  }
})
afterAll(() => gateway.close())

interface Listed {
  readonly id: string
  readonly address: { readonly line_1: string }
}

/** Every page of the list, from its first one. */
async function pages(query: string): Promise<Listed[][]> {
  const found: Listed[][] = []
  for (let cursor = ''; found.length < 20; ) {
    const { body } = await gateway.api(`GET /v1/properties?${query}${cursor}`)
    found.push(body.data)
    if (!body.has_more) return found
    cursor = `&cursor=${body.next_cursor}`
  }
  return found
}

describe('GET /v1/properties', () => {
  test('shows each house of the portfolio once, page by page, in the order of Homebox', async () => {
    const found = await pages('limit=25')
    expect(found.map(page => page.length)).toEqual([25, 25, 10])
    const lines = found.flat().map(({ address }) => address.line_1)
    expect(lines).toEqual(Array.from({ length: HOUSES }, (_, index) => houseNumber(index + 1).line_1))
    expect(new Set(found.flat().map(({ id }) => id)).size).toBe(HOUSES)
  })

  test('gives a house the same id whenever it is seen', async () => {
    expect(await pages('limit=100')).toEqual([(await pages('limit=7')).flat()])
  })

  test('is filtered at Homebox by status and words', async () => {
    const { body } = await gateway.api('GET /v1/properties?status=pending&q=17%20Test&limit=5')
    expect(body.data).toMatchObject([{ address: { line_1: '17 Test Lane' }, status: 'pending' }])
    expect(body).toMatchObject({ object: 'list', has_more: false, next_cursor: null })
    const asked = gateway.simulators.homebox.requests().slice(-2)
    const filter = Buffer.from('{"status":[1]}').toString('base64')
    expect(asked.map(({ query }) => query)).toEqual([
      { filter, q: '17 Test', page: '1' },
      { filter, q: '17 Test', page: '2' },
    ])
    expect(await pages('status=void_period')).toEqual([[]])
  })

  test.each([
    ['/query/status', 'status=sold'],
    ['/query/q', 'q='],
    ['/query/branch_id', 'branch_id=branch_01kb2z6x9ve8vs2m0g5a7d3c1r'],
  ])('refuses what is wrong at %s', async (pointer, query) => {
    const { errors } = expectProblem(await gateway.api(`GET /v1/properties?${query}`), 'validation_failed')
    expect(errors?.map(error => error.pointer)).toEqual([pointer])
  })

  test('refuses the cursor of another filter', async () => {
    const { body } = await gateway.api('GET /v1/properties?limit=5')
    const query = `q=London&cursor=${body.next_cursor}`
    expectProblem(await gateway.api(`GET /v1/properties?${query}`), 'malformed_request')
  })

  test('needs a connection of its own', async () => {
    const { key } = await seedKey(gateway)
    expectProblem(await gateway.api('GET /v1/properties', { key }), 'provider_not_connected')
  })
})
