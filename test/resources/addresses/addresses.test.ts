import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { household } from '#test/households'
import { magicPostcode } from '#simulators/core/magic'

let gateway: TestGateway
let now = new Date('2026-11-21T12:00:00Z')
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

const search = async (query: string) =>
  (await gateway.api(`GET /v1/addresses?query=${encodeURIComponent(query)}`)).body
const lastRequest = (provider: 'homebox' | 'one_utility_bill') =>
  gateway.simulators[provider].requests().at(-1)

describe('GET /v1/addresses', () => {
  test('answers addresses with the id to choose one', async () => {
    const { data } = await search('BN1 1AB')
    expect(data[0]).toEqual({
      object: 'address',
      address_id: expect.any(String),
      label: expect.stringMatching(/BN1 1AB$/),
      provider: 'homebox',
    })
    expect(lastRequest('homebox')?.path).toBe('/api/partner/address/find/BN11AB')
  })

  test('cuts the provider’s array into pages in its order', async () => {
    const whole = (await search('BN1 1AB')).data
    const first = (await gateway.api('GET /v1/addresses?query=BN1%201AB&limit=2')).body
    const second = (
      await gateway.api(`GET /v1/addresses?query=BN1%201AB&limit=100&cursor=${first.next_cursor}`)
    ).body
    expect([...first.data, ...second.data]).toEqual(whole)
  })

  test('is the provider’s problem when the provider fails', async () => {
    const query = encodeURIComponent(magicPostcode('address', 'homebox', 'unauthorized'))
    const { status, body } = await gateway.api(`GET /v1/addresses?query=${query}`)
    expect(status).toBe(502)
    expect(body).toMatchObject({
      code: 'provider_auth_failed',
      provider: 'homebox',
      provider_status: 401,
      retryable: false,
    })
  })
})

describe('an address_id in a quote', () => {
  test('stands for the address: its postcode reaches every provider', async () => {
    const [address] = (await search('BN1 1AB')).data
    const { status, body } = await gateway.api('POST /v1/quotes', {
      body: household({ address: { address_id: address.address_id } }),
    })
    expect(status).toBe(201)
    expect(body.status).toBe('complete')
    expect(lastRequest('homebox')?.query).toMatchObject({ postcode: 'BN11AB' })
    expect(lastRequest('one_utility_bill')?.body).toMatchObject({ postcode: 'BN1 1AB' })
  })

  test('reaches the provider that issued it as an id, where it takes one', async () => {
    const [address] = (await search('BN1 1AB')).data
    await gateway.api('POST /v1/quotes', {
      body: household({
        address: { address_id: address.address_id },
        responsibility: 'partner',
        providers: ['homebox'],
      }),
    })
    expect(lastRequest('homebox')?.query).toEqual({
      housemates: '4',
      address_id: address.address_id,
      is_student: 'true',
    })
  })

  test('that was never shown needs a postcode', async () => {
    const { status, body } = await gateway.api('POST /v1/quotes', {
      body: household({ address: { address_id: 'VglSD9KF3EKcNz_RRXPVV' } }),
    })
    expect(status).toBe(422)
    expect(body.errors).toMatchObject([{ pointer: '/address/address_id', code: 'unknown_address' }])
  })

  test('that was never shown is taken with a postcode', async () => {
    const address = { address_id: 'VglSD9KF3EKcNz_RRXPVV', postcode: 'SW15 5PU' }
    expect((await gateway.api('POST /v1/quotes', { body: household({ address }) })).body.status).toBe(
      'complete',
    )
  })

  test('is forgotten after 30 days', async () => {
    const [address] = (await search('BN1 1AB')).data
    now = new Date(now.getTime() + 31 * 86_400_000)
    const { status } = await gateway.api('POST /v1/quotes', {
      body: household({ address: { address_id: address.address_id } }),
    })
    expect(status).toBe(422)
  })
})
