import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const card = {
  id: '1',
  object: 'gift_card',
  mode: 'test',
  provider: 'mybeezbox',
  code: 'NGCasdf123',
  state: 'paid',
  provider_state: 'paid',
  value: { amount: 10_000, currency: 'EUR' },
  remaining_value: { amount: 10_000, currency: 'EUR' },
  gifter_first_name: 'John',
  gifter_last_name: 'Doe',
  created_at: '2022-06-16T12:00:00.000Z',
  expires_at: '2023-06-16T12:00:00.000Z',
  details: {},
}

test('a gift card is shown in our words', async () => {
  const { status, body } = await gateway.api('GET /v1/gift-cards/1')
  expect({ status, body }).toEqual({ status: 200, body: card })
})

test('gift cards are listed page by page, in the order of the provider', async () => {
  const first = await gateway.api('GET /v1/gift-cards?limit=2')
  expect(first.body.data.map((found: { id: string }) => found.id)).toEqual(['1', '2'])
  expect(first.body.data[1].remaining_value).toEqual({ amount: 1_225, currency: 'EUR' })
  const second = await gateway.api(`GET /v1/gift-cards?limit=2&cursor=${first.body.next_cursor}`)
  expect(second.body.data.map((found: { id: string }) => found.id)).toEqual(['3'])
  expect([first.body.has_more, second.body.has_more]).toEqual([true, false])
})

test('a code finds one card, and an unknown one none', async () => {
  const found = await gateway.api('GET /v1/gift-cards?code=NGCasdf123')
  expect(found.body).toEqual({ object: 'list', data: [card], has_more: false, next_cursor: null })
  const none = await gateway.api('GET /v1/gift-cards?code=NGCnobody')
  expect([none.status, none.body.data]).toEqual([200, []])
})

test('a card that is not there is not found', async () => {
  expectProblem(await gateway.api('GET /v1/gift-cards/404'), 'not_found')
})

test('a code may fail in every way', async () => {
  expectProblem(await gateway.api('GET /v1/gift-cards?code=Zz-Forbidden'), 'provider_auth_failed')
  expectProblem(await gateway.api('GET /v1/gift-cards?code=Zz-Html'), 'provider_error')
})

test('an account without a connection of its own sees none of them', async () => {
  const { key } = await seedKey(gateway, { scopes: ['gift_cards:read'] })
  expectProblem(await gateway.api('GET /v1/gift-cards', { key }), 'provider_not_connected')
})

test("the provider's own payload is shown to whoever asks for it", async () => {
  const { body } = await gateway.api('GET /v1/gift-cards/1?include=provider_data')
  const { provider_data, ...rest } = body
  expect(rest).toEqual(card)
  expect(provider_data).toEqual({
    mybeezbox: {
      fetched_at: expect.stringMatching(/^\d{4}-.*Z$/),
      data: expect.objectContaining({ id: 1, status: 'paid', value: '100.000' }),
    },
  })
})
