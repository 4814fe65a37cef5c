import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { household, householdAt } from '#test/households'
import { magicPostcode } from '#simulators/core/magic'

let gateway: TestGateway
let now = new Date('2026-11-21T12:00:00Z')
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

const createQuote = async (body = household()) => (await gateway.api('POST /v1/quotes', { body })).body

describe('GET /v1/quotes/{quote_id}', () => {
  test('answers what the creation answered', async () => {
    const quote = await createQuote()
    const { status, body } = await gateway.api(`GET /v1/quotes/${quote.id}`)
    expect(status).toBe(200)
    expect(body).toEqual(quote)
  })

  test('adds the providers’ own payloads when asked', async () => {
    const quote = await createQuote()
    const { body } = await gateway.api(`GET /v1/quotes/${quote.id}?include=provider_data`)
    expect(Object.keys(body.provider_data)).toEqual(['homebox', 'one_utility_bill'])
    expect(body.provider_data.homebox.data.packages[0].name).toBe('Bronze')
    expect(body.provider_data.one_utility_bill.data.data.items[0].type).toBe('energy')
  })

  test.each(['quote_01kb2z6x9ve8vs2m0g5a7d3c1r', 'offer_01kb2z6x9ve8vs2m0g5a7d3c1r', 'nonsense'])(
    'does not know %s',
    async id => {
      const { status, body } = await gateway.api(`GET /v1/quotes/${id}`)
      expect(status).toBe(404)
      expect(body.code).toBe('not_found')
    },
  )
})

describe('GET /v1/quotes', () => {
  test('pages through all quotes, newest first, each once', async () => {
    const made: string[] = []
    for (let count = 0; count < 5; count += 1) made.push((await createQuote()).id)
    const first = (await gateway.api('GET /v1/quotes?limit=3')).body
    const second = (await gateway.api(`GET /v1/quotes?limit=100&cursor=${first.next_cursor}`)).body
    const seen = [...first.data, ...second.data].map((quote: { id: string }) => quote.id)
    expect(first).toMatchObject({ object: 'list', has_more: true })
    expect(second).toMatchObject({ has_more: false, next_cursor: null })
    expect(seen.slice(0, 5)).toEqual(made.toReversed())
    expect(new Set(seen).size).toBe(seen.length)
  })
})

describe('POST /v1/quotes/{quote_id}/refresh', () => {
  test('asks again only the provider that failed, and completes the quote', async () => {
    gateway.simulators.homebox.arm({ fault: 'refused', operation: 'packages.list' })
    const quote = await createQuote()
    expect(quote.status).toBe('partial')
    const asked = gateway.simulators.one_utility_bill.requests().length
    const { status, body } = await gateway.api(`POST /v1/quotes/${quote.id}/refresh`)
    expect(status).toBe(200)
    expect(body.status).toBe('complete')
    expect(body.offers.length).toBeGreaterThan(quote.offers.length)
    expect(gateway.simulators.one_utility_bill.requests().length).toBe(asked)
    expect((await gateway.api(`GET /v1/quotes/${quote.id}`)).body).toEqual(body)
  })

  test('asks nobody when nobody failed', async () => {
    const quote = await createQuote()
    const asked = gateway.simulators.homebox.requests().length
    expect((await gateway.api(`POST /v1/quotes/${quote.id}/refresh`)).body).toEqual(quote)
    expect(gateway.simulators.homebox.requests().length).toBe(asked)
  })

  test('refuses an expired quote', async () => {
    const quote = await createQuote(householdAt(magicPostcode('quote', 'homebox', 'refused')))
    now = new Date(now.getTime() + 8 * 86_400_000)
    const { status, body } = await gateway.api(`POST /v1/quotes/${quote.id}/refresh`)
    expect(status).toBe(409)
    expect(body.code).toBe('state_conflict')
  })
})
