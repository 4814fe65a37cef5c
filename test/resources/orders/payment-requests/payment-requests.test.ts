import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { homeboxOffer, payer } from '#test/orders'
import { seedOrder } from '#test/seeded-order'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const partner_uuid = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'
const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
const inEuros = (amount: number) => ({
  per_month: eur(amount),
  per_person_per_month: eur(amount),
  per_person_per_week: eur(amount),
  per_bill_payer_per_month: eur(amount),
  derived: [],
})
const sent = () => gateway.simulators.mybeezbox.requests().at(-1)
const ask = (order: string, body: object, query = '') =>
  gateway.api(`POST /v1/orders/${order}/payment-requests${query}`, { body })

async function newOrder(): Promise<string> {
  const offer_id = await homeboxOffer(gateway.api)
  const { body } = await gateway.api('POST /v1/orders', {
    body: { offer_id, bill_payers: 1, tenants: [payer()] },
  })
  return body.id
}

test('the first tenant is asked in English under the id of the order, and both know each other', async () => {
  const order = await newOrder()
  const made = await ask(order, { partner_uuid, amount: eur(14_000), description: 'September' })
  expect(sent()).toMatchObject({ method: 'POST', path: '/paymentrequests/' })
  expect(sent()?.body).toEqual({
    partner_uuid,
    amount: 140,
    customer: { first_name: 'Jane', last_name: 'Smith', email: 'jane.smith917@example.com' },
    language: 'en',
    reference: order,
    description: 'September',
  })
  expect([made.status, made.headers['location']]).toEqual([201, `/v1/payment-requests/${made.body.id}`])
  expect(made.body).toMatchObject({
    object: 'payment_request',
    reference: order,
    metadata: { order_id: order },
  })
  const { body } = await gateway.api(`GET /v1/payment-requests/${made.body.id}`)
  expect(body.metadata).toEqual({ order_id: order })
})

test('the price of an order in euros is asked for, and what is given goes before what is known', async () => {
  const order = await seedOrder(gateway, { price: inEuros(9_950) })
  const customer = { email: 'other@example.com', tier: 2 }
  const body = { partner_uuid, customer, language: 'fr', product: 'bills', origin: 'web' }
  expect((await ask(order, body)).status).toBe(201)
  expect(sent()?.body).toEqual({ ...body, amount: 99.5, reference: order })
})

test('the partner comes from the connection where it has one', async () => {
  const order = await seedOrder(gateway, { price: inEuros(100) })
  const body = { customer: { email: 'other@example.com' } }
  const without = await ask(order, body)
  expect(expectProblem(without, 'validation_failed').errors).toMatchObject([
    { pointer: '/partner_uuid', code: 'required' },
  ])
  await gateway.services.database.sql.query(
    `UPDATE connections SET settings = $1 WHERE provider = 'mybeezbox'`,
    [JSON.stringify({ partner_uuid })],
  )
  expect((await ask(order, body)).status).toBe(201)
  expect(sent()?.body).toMatchObject({ partner_uuid })
  await gateway.services.database.sql.query(
    `UPDATE connections SET settings = '{}' WHERE provider = 'mybeezbox'`,
  )
})

test.each([
  ['an order in pounds without an amount', {}, 'The order is in GBP, and the connection in EUR.'],
  [
    'an amount in pounds',
    { amount: { amount: 100, currency: 'GBP' } },
    'The amount is in GBP, and the connection in EUR.',
  ],
])('%s is refused as another currency', async (_what, change, detail) => {
  const order = await newOrder()
  const before = gateway.simulators.mybeezbox.requests().length
  const problem = expectProblem(await ask(order, { partner_uuid, ...change }), 'currency_mismatch')
  expect(problem).toMatchObject({ detail, errors: [{ pointer: '/amount' }] })
  expect(gateway.simulators.mybeezbox.requests()).toHaveLength(before)
})

test.each([
  ['/amount', 'required', { customer: { email: 'x@example.com' } }],
  ['/customer', 'required', { amount: eur(100) }],
  ['/amount/amount', 'too_small', { amount: eur(-1) }],
  ['/amount/amount', 'too_small', { amount: eur(0) }],
  ['/language', 'invalid_value', { language: 'xx' }],
])('of an order of which nothing is known, a wrong or missing %s is told', async (pointer, code, change) => {
  const order = await seedOrder(gateway)
  const answer = await ask(order, { partner_uuid, ...change })
  expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
})

test('an order that is not there is not found, and a preview sends nothing', async () => {
  expectProblem(await ask('order_01kb2z6x9ve8vs2m0g5a7d3c1r', { partner_uuid }), 'not_found')
  const order = await seedOrder(gateway, { price: inEuros(100) })
  const before = gateway.simulators.mybeezbox.requests().length
  const body = { partner_uuid, customer: { last_name: 'Smith' } }
  const preview = await ask(order, body, '?preview=true')
  expect(preview.body.requests).toMatchObject([
    { method: 'POST', path: '/paymentrequests/', body: { reference: order, amount: 1 } },
  ])
  expect(gateway.simulators.mybeezbox.requests()).toHaveLength(before)
})

test('one that is sent again after a lost attempt goes under another name', async () => {
  const order = await seedOrder(gateway, { price: inEuros(100) })
  gateway.simulators.mybeezbox.arm({ fault: 'cut-before', operation: 'paymentRequests.create' })
  const lost = await ask(order, { partner_uuid, customer: { last_name: 'Smith' } })
  expect([lost.status, lost.body.state, lost.body.reference]).toEqual([202, 'unknown', order])
  expect(lost.body.resource).toBe(order)
  await gateway.api(`POST /v1/operations/${lost.body.id}/resolve`, {
    body: { outcome: 'did_not_happen', send_again: true },
  })
  expect(sent()?.body).toMatchObject({ reference: `${order}-2` })
})
