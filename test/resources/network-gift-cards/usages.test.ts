import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const sent = () => gateway.simulators.mybeezbox.requests()
const euros = (amount: number) => ({ amount, currency: 'EUR' })
const use = { partner_source_id: '222', value: euros(2_000), creation_date: '2026-06-16' }

async function newCard(): Promise<string> {
  const body = {
    marketplace_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
    state: 'paid',
    value: euros(10_000),
    gifter: { email: 'jane.doe@example.com' },
    from_gifter: 'Happy birthday!',
    activates_at: '2026-06-16T12:00:00Z',
    expires_at: '2027-06-16T12:00:00Z',
  }
  return (await gateway.api('POST /v1/network-gift-cards', { body })).body.code
}

const post = (code: string, body: object, query = '') =>
  gateway.api(`POST /v1/network-gift-cards/${code}/usages${query}`, { body })
const cancel = (id: string, body: object = {}) =>
  gateway.api(`POST /v1/network-gift-card-usages/${id}/cancel`, { body })
const balance = async (code: string) =>
  (await gateway.api(`GET /v1/network-gift-cards/${code}`)).body.remaining_value.amount

test('a use at a partner of our own id goes under the id of the operation, at noon', async () => {
  const code = await newCard()
  const body = { ...use, freeze_payout_date: '2026-08-01', comment: 'Lunch', metadata: { till: '4' } }
  const made = await post(code, body)
  const reservation = expect.stringMatching(/^operation_/)
  expect(sent().at(-1)).toMatchObject({ method: 'POST', path: `/networkgiftcards_by_code/${code}/use/` })
  expect(sent().at(-1)?.body).toEqual({
    creation_date: '2026-06-16T12:00',
    freeze_payout_date: '2026-08-01T12:00',
    value: 20,
    comment: 'Lunch',
    reservation_id: reservation,
    partner_source_id: 222,
  })
  expect([made.status, made.headers['location']]).toEqual([201, `/v1/network-gift-cards/${code}/usages`])
  expect(made.body).toEqual({
    id: expect.any(String),
    object: 'network_gift_card_usage',
    mode: 'test',
    provider: 'mybeezbox',
    network_gift_card_id: expect.any(String),
    partner_id: '2',
    partner_source_id: '222',
    value: euros(2_000),
    is_active: true,
    comment: 'Lunch',
    reservation_id: reservation,
    freeze_payout_date: '2026-08-01',
    details: {},
    metadata: { till: '4' },
  })
  expect((await gateway.api(`GET /v1/network-gift-cards/${code}/usages`)).body.data).toEqual([made.body])
  expect(await balance(code)).toBe(8_000)
})

test('a use at a partner of their id goes the other way, under the reservation of the caller', async () => {
  const code = await newCard()
  const { partner_source_id: _, ...plain } = use
  const body = {
    ...{ ...plain, partner_id: '1', reservation_id: '123-ABC' },
    ...{ send_usage_notification_email: true, giftee_email: 'rita@example.com' },
  }
  const made = await post(code, body)
  expect(sent().at(-1)).toMatchObject({ path: `/networkgiftcards_by_code/${code}/use_with_mybb_id/` })
  expect(sent().at(-1)?.body).toEqual({
    creation_date: '2026-06-16T12:00',
    value: 20,
    reservation_id: '123-ABC',
    send_usage_notification_email: true,
    giftee_email: 'rita@example.com',
    partner_id: 1,
  })
  expect(made.body).toMatchObject({ partner_id: '1', partner_source_id: '111', reservation_id: '123-ABC' })
})

test('the same key uses a card once', async () => {
  const code = await newCard()
  const headers = { 'idempotency-key': `use-${code}` }
  const request = () => gateway.api(`POST /v1/network-gift-cards/${code}/usages`, { body: use, headers })
  expect((await request()).text).toBe((await request()).text)
  expect(await balance(code)).toBe(8_000)
})

test('more than what remains is refused before it is sent', async () => {
  const code = await newCard()
  const before = sent().length
  const { errors } = expectProblem(await post(code, { ...use, value: euros(10_001) }), 'validation_failed')
  expect(errors).toMatchObject([{ pointer: '/value/amount', code: 'more_than_remains' }])
  expect(
    sent()
      .slice(before)
      .map(({ method, path }) => `${method} ${path}`),
  ).toEqual([`GET /networkgiftcards_by_code/${code}/`])
})

test('of uses that come at once and are more than what remains together, one is made', async () => {
  const code = await newCard()
  const most = { ...use, value: euros(6_000) }
  const [first, second] = await Promise.all([post(code, most), post(code, most)])
  // Whoever is slow enough to see what the other has left is told so.
  const refused = [first, second].filter(({ status }) => status !== 201)
  expect(refused.map(({ body }) => body.code)).toEqual([
    expect.stringMatching(/^(state_conflict|validation_failed)$/),
  ])
  expect(await balance(code)).toBe(4_000)
})

test('a card or a partner that nobody knows is refused', async () => {
  const code = await newCard()
  expectProblem(await post('NGCnobody', use), 'not_found')
  const stranger = await post(code, { ...use, partner_source_id: '2' })
  expect(expectProblem(stranger, 'provider_rejected').errors).toMatchObject([
    { pointer: '/partner_source_id' },
  ])
  expect(await balance(code)).toBe(10_000)
})

test.each([
  ['no partner', { partner_source_id: undefined }, '/partner_source_id', 'required'],
  ['two partners', { partner_id: '2' }, '/partner_id', 'conflict'],
  ['a partner that is no number', { partner_source_id: 'B' }, '/partner_source_id', 'invalid_format'],
  ['nothing', { value: euros(0) }, '/value/amount', 'too_small'],
  ['less than nothing', { value: euros(-100) }, '/value/amount', 'too_small'],
  ['another currency', { value: { amount: 1, currency: 'GBP' } }, '/value/currency', 'invalid_value'],
  ['a day that does not exist', { creation_date: '2026-02-30' }, '/creation_date', 'invalid_date'],
  ['a time', { freeze_payout_date: '2026-06-16T12:00' }, '/freeze_payout_date', 'invalid_date'],
  ['no address', { giftee_email: 'rita' }, '/giftee_email', 'invalid_format'],
  ['an unknown field', { partner: '2' }, '/partner', 'unknown_field'],
])('refused is a use with %s', async (_what, changes, pointer, code) => {
  const before = sent().length
  const refused = await post('NGCasdf123', { ...use, ...changes })
  expect(expectProblem(refused, 'validation_failed').errors).toContainEqual(
    expect.objectContaining({ pointer, code }),
  )
  expect(sent()).toHaveLength(before)
})

test('a cancelled use gives the value back, once', async () => {
  const code = await newCard()
  const { body: made } = await post(code, use)
  const cancelled = await cancel(made.id, { comment: 'The guest did not come' })
  expect(sent().at(-1)).toMatchObject({
    method: 'POST',
    path: `/networkgiftcardusages/${made.id}/cancel/`,
    body: { comment: 'The guest did not come' },
  })
  expect(cancelled.status).toBe(200)
  expect(cancelled.body).toMatchObject({ id: made.id, is_active: false, comment: 'The guest did not come' })
  expect(await balance(code)).toBe(10_000)
  expectProblem(await cancel(made.id), 'provider_rejected')
  expect(await balance(code)).toBe(10_000)
})

test('a use that a payout contains stays', async () => {
  expectProblem(await cancel('2'), 'provider_rejected')
  expect(sent().at(-1)).toMatchObject({ path: '/networkgiftcardusages/2/cancel/', body: {} })
})

test('a preview says which way a use would go, and what it does', async () => {
  const before = sent().length
  const { body } = await post('NGCasdf123', use, '?preview=true')
  expect(body.requests).toMatchObject([{ path: '/networkgiftcards_by_code/NGCasdf123/use/' }])
  expect(body.side_effects).toContain('takes the value off the gift card')
  expect(sent()).toHaveLength(before)
})

test('the new address of the receiver is in no log', async () => {
  await post(await newCard(), { ...use, giftee_email: 'zeisig@example.com' })
  const { text } = await gateway.api('GET /v1/provider-calls?provider=mybeezbox&limit=5')
  expect(`${gateway.logs.join('')}${text}`).not.toContain('zeisig')
})

test('a use for an order that nobody has is refused', async () => {
  const body = { ...use, metadata: { order_id: 'order_01kb2z6x9ve8vs2m0g5a7d3c1r' } }
  const refused = await post('NGCasdf123', body)
  expect(expectProblem(refused, 'validation_failed').errors).toMatchObject([
    { pointer: '/metadata/order_id', code: 'not_found' },
  ])
})
