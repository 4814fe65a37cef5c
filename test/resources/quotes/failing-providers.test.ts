import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { magicPostcode } from '#simulators/core/magic'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { householdAt } from '#test/households'

// One gateway each: failures add up to an open circuit.
let gateway: TestGateway
beforeEach(async () => {
  gateway = await startTestGateway()
})
afterEach(() => gateway.close())

type Offer = { provider: string }

describe('POST /v1/quotes, when a provider fails', () => {
  test('asks a provider whose answer failed nothing but its own part', async () => {
    const postcode = magicPostcode('quote', 'homebox', 'error')
    const { status, body } = await gateway.api('POST /v1/quotes', { body: householdAt(postcode) })
    expect(status).toBe(201)
    expect(body.status).toBe('partial')
    expect(body.providers[0]).toMatchObject({
      provider: 'homebox',
      status: 'error',
      offer_count: 0,
      error: { code: 'provider_error', retryable: true },
    })
    expect(body.offers.every((offer: Offer) => offer.provider === 'one_utility_bill')).toBe(true)
  })

  test('keeps a quote that nobody answered, with the errors', async () => {
    const postcode = magicPostcode('quote', 'every', 'html')
    const { status, body } = await gateway.api('POST /v1/quotes', { body: householdAt(postcode) })
    expect(status).toBe(201)
    expect(body).toMatchObject({ status: 'failed', offers: [], cheapest_offer_id: null })
    expect((await gateway.api(`GET /v1/quotes/${body.id}`)).body).toEqual(body)
  })

  test.each([
    ['refused', 'provider_rejected', false],
    ['unauthorized', 'provider_auth_failed', false],
    ['html', 'provider_error', true],
    ['cut-body', 'provider_error', true],
    ['renamed-field', 'provider_error', true],
    ['error', 'provider_error', true],
    ['unavailable', 'provider_unavailable', true],
  ] as const)('reports %s at One Utility Bill as %s', async (fault, code, retryable) => {
    const postcode = magicPostcode('quote', 'one_utility_bill', fault)
    const { body } = await gateway.api('POST /v1/quotes', { body: householdAt(postcode) })
    const result = body.providers.find((one: { provider: string }) => one.provider === 'one_utility_bill')
    expect(result).toMatchObject({ status: 'error', error: { code, retryable } })
  })

  test.each(['hang', 'slow'] as const)('answers at the deadline when a provider is like %s', async fault => {
    const postcode = magicPostcode('quote', 'homebox', fault)
    const impatient = await startTestGateway({ environment: { QUOTE_DEADLINE_MS: '2500' } })
    onTestFinished(impatient.close)
    const { body } = await impatient.api('POST /v1/quotes', { body: householdAt(postcode) })
    expect(body).toMatchObject({
      status: 'partial',
      providers: [
        { provider: 'homebox', error: { code: 'provider_timeout', retryable: true } },
        { status: 'ok' },
        {},
      ],
    })
  })

  test('stops asking a provider that keeps failing, and shows it', async () => {
    gateway.simulators.homebox.arm({ fault: 'error', times: 100 })
    for (let count = 0; count < 6; count += 1)
      await gateway.api('POST /v1/quotes', { body: householdAt('SW15 5PU') })
    const asked = gateway.simulators.homebox.requests().length
    const { body } = await gateway.api('POST /v1/quotes', { body: householdAt('SW15 5PU') })
    expect(body.providers[0].error.code).toBe('provider_unavailable')
    expect(gateway.simulators.homebox.requests().length).toBe(asked)
    expect((await gateway.api('GET /v1/providers/homebox')).body.circuit).toBe('open')
  })
})
