import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { bootstrapAccount } from '#test/seeded-order'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const sent = () => gateway.simulators.mybeezbox.requests()
const inEight = (text: string) => ({
  ...{ en: text, fr: text, es: text, it: text },
  ...{ de: text, nl: text, ca: text, pt: text },
})
const euros = (amount: number) => ({ amount, currency: 'EUR' })

test('a voucher is shown in our words, and the rest as it came', async () => {
  const { status, body } = await gateway.api('GET /v1/vouchers/ghakvgngkq')
  expect(status).toBe(200)
  expect(body).toEqual({
    id: '72533',
    object: 'voucher',
    mode: 'test',
    provider: 'mybeezbox',
    code: 'ghakvgngkq',
    state: 'paid',
    provider_state: 'paid',
    prototype_id: '1',
    prototype_name: inEight('Test univers 4'),
    prototype_description: inEight('Prototype description'),
    prototype_rent_conditions: inEight('Rent conditions'),
    ...{ nights: 2, adults: 2, children: 0, babies: 0 },
    total_price: euros(21_500),
    purchase_price: euros(21_500),
    rent_price: euros(23_000),
    bought_rent_price: euros(23_000),
    gifter: { id: '3918', first_name: 'John', last_name: 'Doe', email: 'john@mybeezbox.com', phone: null },
    giftee: {
      id: '18277',
      first_name: 'John Doe',
      last_name: 'Doe',
      email: 'john+o@mybeezbox.com',
      phone: '+33678735335',
    },
    ...{ self_gifted: true, message: null, language: 'fr', payment_type: 'payzen' },
    ...{ is_group_payment: true, is_usable: true, is_extendable: true, is_refundable: true },
    created_at: '2023-01-24T09:03:09.565Z',
    activated_at: '2023-01-24T09:03:23.830Z',
    used_at: null,
    expires_at: '2025-01-23T09:03:23.830Z',
    details: {
      origin: 'Mon site web',
      voucher_prototype_name: 'Test univers 4',
      voucher_prototype_type: 4,
      options: [],
      gifter_fullname: 'John Doe',
    },
  })
})

describe('vouchers are listed', () => {
  const codes = (body: { data: { code: string }[] }) => body.data.map(({ code }) => code)

  test("over the provider's pages, each once", async () => {
    const before = sent().length
    const found: string[] = []
    let cursor = ''
    do {
      const { body } = await gateway.api(`GET /v1/vouchers?limit=7${cursor && `&cursor=${cursor}`}`)
      found.push(...codes(body))
      cursor = body.next_cursor ?? ''
    } while (cursor !== '' && found.length < 100)
    expect([found.length, new Set(found).size, found[0], found.at(-1)]).toEqual([
      25,
      25,
      'ghakvgngkq',
      'vchr24',
    ])
    const pages = sent().slice(before)
    expect(new Set(pages.map(({ query }) => JSON.stringify(query)))).toEqual(
      new Set(['{"page":"1"}', '{"page":"2"}', '{"page":"3"}']),
    )
  })

  test('by all five filters, which are passed on as the document names them', async () => {
    const filters = {
      code: 'vchr',
      voucher_prototype_name: 'univers',
      gifter: 'John',
      giftee: 'Jane',
      origin_url: 'Mon site',
    }
    const { body } = await gateway.api(`GET /v1/vouchers?${new URLSearchParams(filters)}&limit=2`)
    expect(codes(body)).toEqual(['vchr01', 'vchr02'])
    expect(sent().at(-1)?.query).toEqual({ ...filters, page: '1' })
    const other = await gateway.api(`GET /v1/vouchers?code=v&cursor=${body.next_cursor}`)
    expectProblem(other, 'malformed_request')
  })

  test('to their end, where there are fewer by now than when the page before was read', async () => {
    const accountId = await bootstrapAccount(gateway)
    const caller = { accountId, mode: 'test' as const, keyId: '', scopes: [] }
    const request = { limit: 1, after: null }
    const { cursors } = gateway.services
    const { next_cursor } = cursors.page([1, 2], request, 'vouchers?', caller, () => '9 0 80')
    const { status, body } = await gateway.api(`GET /v1/vouchers?cursor=${next_cursor}`)
    expect([status, body.data, body.has_more]).toEqual([200, [], false])
  })

  test('and none when none is wanted', async () => {
    const { body } = await gateway.api('GET /v1/vouchers?giftee=Nobody')
    expect(body).toEqual({ object: 'list', data: [], has_more: false, next_cursor: null })
  })
})

describe('the state of a voucher', () => {
  const change = (code: string, state: string, query = '') =>
    gateway.api(`PATCH /v1/vouchers/${code}${query}`, { body: { state } })

  test.each([
    ['in_use', 'using'],
    ['used', 'used'],
    ['error', 'error'],
    ['draft', 'draft'],
    ['paid', 'paid'],
    ['expired', 'exprd'],
  ])('%s is sent as %s, and read again', async (state, theirs) => {
    const { status, body } = await change('vchr01', state)
    expect([status, body.state, body.provider_state]).toEqual([200, state, theirs])
    const [patched, read] = sent().slice(-2)
    expect(patched).toMatchObject({
      method: 'PATCH',
      path: '/vouchers_by_code/vchr01/',
      body: { state: theirs },
    })
    expect(read).toMatchObject({ method: 'GET', path: '/vouchers_by_code/vchr01/' })
  })

  test('that the provider does not allow is refused by it, at our field', async () => {
    await change('vchr02', 'expired')
    const problem = expectProblem(await change('vchr02', 'paid'), 'provider_rejected')
    expect(problem.errors).toMatchObject([{ pointer: '/state', code: 'rejected' }])
  })

  test('that there is not is refused by us, and so is an unknown code', async () => {
    const { errors } = expectProblem(await change('vchr03', 'exprd'), 'validation_failed')
    expect(errors).toMatchObject([{ pointer: '/state', code: 'invalid_value' }])
    expectProblem(await change('nobody', 'paid'), 'not_found')
    expectProblem(await gateway.api('GET /v1/vouchers/nobody'), 'not_found')
  })

  test('may be previewed', async () => {
    const before = sent().length
    const { body } = await change('vchr03', 'in_use', '?preview=true')
    expect(body.requests).toEqual([
      {
        provider: 'mybeezbox',
        method: 'PATCH',
        path: '/vouchers_by_code/vchr03/',
        body: { state: 'using' },
      },
    ])
    expect(sent()).toHaveLength(before)
  })
})
