import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const sent = () => gateway.simulators.mybeezbox.requests()
const draft = {
  marketplace_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
  state: 'in_use',
  value: { amount: 10_050, currency: 'EUR' },
  gifter: { first_name: 'Jane', email: 'jane.doe@example.com' },
  giftee: { email: 'john.doe@example.com' },
  from_gifter: 'Happy birthday!',
  activates_at: '2026-06-16T14:00:00+02:00',
  expires_at: '2027-06-16T12:00:00Z',
}
const post = (body: object, query = '') => gateway.api(`POST /v1/network-gift-cards${query}`, { body })

test('a card is made in the words of the provider and answered in ours', async () => {
  const made = await post({ ...draft, metadata: { till: '4' } })
  expect(sent().at(-1)).toMatchObject({
    method: 'POST',
    path: '/networkgiftcards/',
    body: {
      marketplace_uuid: draft.marketplace_uuid,
      status: 'using',
      value: 100.5,
      gifter: draft.gifter,
      giftee: draft.giftee,
      from_gifter: 'Happy birthday!',
      activation_date: '2026-06-16 12:00:00.000000+00:00',
      expiration_date: '2027-06-16 12:00:00.000000+00:00',
    },
  })
  const { code } = made.body
  expect([made.status, made.headers['location']]).toEqual([201, `/v1/network-gift-cards/${code}`])
  expect(made.body).toMatchObject({
    object: 'network_gift_card',
    state: 'in_use',
    provider_state: 'using',
    value: draft.value,
    remaining_value: draft.value,
    activates_at: '2026-06-16T12:00:00.000Z',
    gifter: draft.gifter,
    metadata: { till: '4' },
    details: {},
  })
  const { body: read } = await gateway.api(`GET /v1/network-gift-cards/${code}`)
  expect(read).toMatchObject({ id: made.body.id, theme: 'Discovery', metadata: { till: '4' } })
})

test('cards are found by the address of the giver or the receiver, and not without one', async () => {
  const { body: made } = await post({ ...draft, giftee: { email: 'rita@example.com' } })
  const { body } = await gateway.api('GET /v1/network-gift-cards?email=rita@example.com')
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual([made.id])
  const refused = await gateway.api('GET /v1/network-gift-cards')
  expect(expectProblem(refused, 'validation_failed').errors).toMatchObject([{ pointer: '/query/email' }])
  expect(gateway.logs.join('')).not.toContain('rita@')
})

test('a card shows the payload of the provider on request', async () => {
  const { body } = await gateway.api('GET /v1/network-gift-cards/NGCasdf123?include=provider_data')
  expect(body.provider_data.mybeezbox.data).toMatchObject({ code: 'NGCasdf123', value: 100 })
})

test.each([
  ['a value below zero', { value: { amount: -1, currency: 'EUR' } }, '/value/amount'],
  ['another currency', { value: { amount: 1, currency: 'GBP' } }, '/value/currency'],
  ['a state that none can be made in', { state: 'used' }, '/state'],
  ['a card that ends before it begins', { expires_at: '2026-01-01T00:00:00Z' }, '/expires_at'],
  ['a time without a zone', { activates_at: '2026-06-16T12:00:00' }, '/activates_at'],
  ['no giver', { gifter: undefined }, '/gifter'],
  [
    'a person of more than thirty fields',
    { giftee: Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`f${index}`, 1])) },
    '/giftee',
  ],
] as const)('refused is %s', async (_what, changes, pointer) => {
  const before = sent().length
  const refused = await post({ ...draft, ...changes })
  expect(expectProblem(refused, 'validation_failed').errors).toMatchObject([{ pointer }])
  expect(sent()).toHaveLength(before)
})

test('a lost answer leaves an operation for a person', async () => {
  const lost = await post({ ...draft, gifter: { email: 'answer-lost@example.com' } })
  expect([lost.status, lost.body.state, lost.body.reconcile]).toEqual([202, 'unknown', 'by_person'])
})

test('a preview sends nothing', async () => {
  const before = sent().length
  const { body } = await post(draft, '?preview=true')
  expect(body.requests).toMatchObject([{ method: 'POST', path: '/networkgiftcards/' }])
  expect(sent()).toHaveLength(before)
})

test('an unknown code is not found', async () => {
  expectProblem(await gateway.api('GET /v1/network-gift-cards/NGCnobody'), 'not_found')
  expectProblem(await gateway.api('GET /v1/network-gift-cards/NGCnobody/usages'), 'not_found')
})
