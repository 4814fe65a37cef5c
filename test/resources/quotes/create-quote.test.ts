import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { household, householdAt } from '#test/households'
import { magicPostcode } from '#simulators/core/magic'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

type Offer = {
  provider: string
  product: string
  id: string
  price: { per_person_per_month: { amount: number } }
}
const pricesOf = (offers: Offer[]) =>
  offers
    .filter(offer => offer.product !== 'custom_package')
    .map(offer => offer.price.per_person_per_month.amount)

describe('POST /v1/quotes', () => {
  test('shows the offers of Homebox and One Utility Bill side by side, cheapest first', async () => {
    const { status, body, headers } = await gateway.api('POST /v1/quotes', { body: household() })
    expect(status).toBe(201)
    expect(headers['location']).toBe(`/v1/quotes/${body.id}`)
    expect(body).toMatchObject({
      object: 'quote',
      mode: 'test',
      status: 'complete',
      cheapest_offer_id: body.offers[0].id,
    })
    expect(new Set(body.offers.map((offer: Offer) => offer.provider))).toEqual(
      new Set(['homebox', 'one_utility_bill']),
    )
    expect(pricesOf(body.offers)).toEqual(pricesOf(body.offers).toSorted((one, other) => one - other))
  })

  test('fills in what was left out and says so', async () => {
    const { body } = await gateway.api('POST /v1/quotes', {
      body: {
        address: { postcode: 'NE1 2QB' },
        occupants: 3,
        tenancy: { start_date: '2027-09-01' },
        metadata: null,
      },
    })
    expect(body.request).toMatchObject({
      bill_payers: 3,
      household_type: 'professional',
      responsibility: 'tenant',
      services: ['electricity', 'gas', 'water', 'broadband'],
      coupon: null,
      providers: null,
    })
    expect(body.metadata).toEqual({})
  })

  test('puts a custom package last and never calls it the cheapest', async () => {
    const { body } = await gateway.api('POST /v1/quotes', { body: household({ providers: ['homebox'] }) })
    const last = body.offers.at(-1)
    expect(last.product).toBe('custom_package')
    expect(body.cheapest_offer_id).not.toBe(last.id)
    expect(last.price.per_person_per_month.amount).toBeLessThan(
      body.offers[0].price.per_person_per_month.amount,
    )
  })

  test('names each requested service that an offer lacks, with the reason', async () => {
    const { body } = await gateway.api('POST /v1/quotes', {
      body: householdAt('EH8 9YL', { providers: ['one_utility_bill'] }),
    })
    expect(body.offers[0].missing_services).toEqual([
      { type: 'water', reason: expect.stringContaining('council tax') },
    ])
  })

  test('does not mind fields that no document names', async () => {
    const postcode = magicPostcode('quote', 'every', 'extra-fields')
    expect((await gateway.api('POST /v1/quotes', { body: householdAt(postcode) })).body.status).toBe(
      'complete',
    )
  })

  test('calls a postcode outside a provider’s area unsupported there, not invalid', async () => {
    const { status, body } = await gateway.api('POST /v1/quotes', { body: householdAt('BT1 1AA') })
    expect(status).toBe(201)
    const result = body.providers.find((one: { provider: string }) => one.provider === 'one_utility_bill')
    expect(result).toMatchObject({ status: 'unsupported', error: null, notes: [expect.any(String)] })
  })

  test('lists a connected provider that gives no quotes as unsupported', async () => {
    const { body } = await gateway.api('POST /v1/quotes', { body: household() })
    expect(body.providers.at(-1)).toMatchObject({
      provider: 'housr',
      status: 'unsupported',
      duration_ms: null,
    })
  })

  test('refuses a request that names only providers without quotes, and says who has them', async () => {
    const { status, body } = await gateway.api('POST /v1/quotes', {
      body: household({ providers: ['housr'] }),
    })
    expect(status).toBe(422)
    expect(body).toMatchObject({
      code: 'capability_not_supported',
      supported_by: ['homebox', 'one_utility_bill'],
    })
  })

  test('gives one partner package when the agency pays', async () => {
    const { body } = await gateway.api('POST /v1/quotes', {
      body: household({ responsibility: 'partner', providers: ['homebox'] }),
    })
    expect(body.offers.map((offer: Offer) => offer.product)).toEqual(['partner_package'])
  })

  test('passes a coupon on, and reports one that the provider refuses with our pointer', async () => {
    const good = await gateway.api('POST /v1/quotes', {
      body: household({ coupon: 'WELCOME10', providers: ['homebox'] }),
    })
    expect(good.body.status).toBe('complete')
    const bad = await gateway.api('POST /v1/quotes', {
      body: household({ coupon: 'NOPE', providers: ['homebox'] }),
    })
    expect(bad.body.providers[0].error).toMatchObject({
      code: 'provider_rejected',
      errors: [{ pointer: '/coupon' }],
    })
  })
})
