import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const wanted = paymentWriteInputs['payments.create']
const eur = (amount: number) => ({ amount, currency: 'EUR' })
const sent = () => gateway.simulators.mybeezbox.requests().at(-1)

test('a payment is made with exactly what the document names, and shown in our words', async () => {
  const made = await gateway.api('POST /v1/payments', { body: { ...wanted, metadata: { till: '4' } } })
  expect(sent()).toMatchObject({ method: 'POST', path: '/payments/' })
  expect(sent()?.body).toEqual({
    customer: wanted.customer,
    partner_uuid: wanted.partner_uuid,
    amount: 100,
    discount: 0,
    product: 'product_type',
    type: 'credit_card',
    origin: 'marketplace1',
    payment_receipt_description: 'Payment created via API',
    freeze_payout_date: '2022-05-01',
    extra_source_wallet_uuid: wanted.extra_source_wallet_uuid,
    extra_source_amount: 50,
  })
  const { id } = made.body
  expect([made.status, made.headers['location']]).toEqual([201, `/v1/payments/${id}`])
  expect(made.body).toMatchObject({ ...wanted, partner_id: '1', metadata: { till: '4' }, details: {} })
  const { body } = await gateway.api(`GET /v1/payments/${id}`)
  // Reading a payment shows less of it than making it does.
  const { customer, partner_uuid, amount, type } = wanted
  expect(body).toMatchObject({ customer, partner_uuid, amount, type, product: null, metadata: { till: '4' } })
  expect(body).toMatchObject({ state: 'succeeded', refund_state: 'none' })
})

test('what may be left out is left out, or is what the document has in its place', async () => {
  const { customer, partner_uuid, amount, product } = wanted
  const body = { customer, partner_uuid, amount: eur(10_050), product, discount: null }
  await gateway.api('POST /v1/payments', { body })
  expect(sent()?.body).toEqual({
    customer,
    partner_uuid,
    product,
    amount: 100.5,
    discount: 0,
    type: 'credit_card',
  })
  expect(amount).toEqual(eur(10_000))
})

test.each([
  ['/amount/amount', 'too_small', { amount: eur(-1) }],
  ['/amount/amount', 'too_small', { amount: eur(0) }],
  ['/amount/currency', 'invalid_value', { amount: { amount: 100, currency: 'GBP' } }],
  ['/discount/amount', 'too_small', { discount: eur(-1) }],
  ['/type', 'invalid_value', { type: 'cash' }],
  ['/extra_source_amount', 'required', { extra_source_amount: null }],
  ['/extra_source_wallet_uuid', 'required', { extra_source_wallet_uuid: undefined }],
  ['/freeze_payout_on', 'invalid_date', { freeze_payout_on: '2026-02-30' }],
  [
    '/customer',
    'too_many',
    { customer: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`f${i}`, i])) },
  ],
  ['/metadata/order_id', 'not_found', { metadata: { order_id: 'order_01kb2z6x9ve8vs2m0g5a7d3c1r' } }],
])('a payment with a wrong %s is refused before anything is sent', async (pointer, code, change) => {
  const before = gateway.simulators.mybeezbox.requests().length
  const answer = await gateway.api('POST /v1/payments', { body: { ...wanted, ...change } })
  expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
  expect(gateway.simulators.mybeezbox.requests()).toHaveLength(before)
})

test('the day of a payout is changed, and changed again', async () => {
  const { body: payment } = await gateway.api('POST /v1/payments', { body: wanted })
  for (const freeze_payout_on of ['2026-05-01', '2026-06-01']) {
    const changed = await gateway.api(`PATCH /v1/payments/${payment.id}`, { body: { freeze_payout_on } })
    expect(sent()).toMatchObject({
      method: 'PATCH',
      path: `/payments/${payment.id}/`,
      body: { freeze_payout_date: freeze_payout_on },
    })
    expect([changed.status, changed.body]).toEqual([
      200,
      {
        id: payment.id,
        object: 'payment',
        mode: 'test',
        provider: 'mybeezbox',
        freeze_payout_on,
        details: {},
      },
    ])
  }
  const missing = '123e4567-e89b-42d3-a456-426614174000'
  const body = { freeze_payout_on: '2026-05-01' }
  expectProblem(await gateway.api(`PATCH /v1/payments/${missing}`, { body }), 'not_found')
  expectProblem(await gateway.api(`PATCH /v1/payments/${missing}`, { body: {} }), 'validation_failed')
})

test('previews of both send nothing', async () => {
  const before = gateway.simulators.mybeezbox.requests().length
  const made = await gateway.api('POST /v1/payments?preview=true', { body: wanted })
  expect(made.body.requests).toMatchObject([{ method: 'POST', path: '/payments/', body: { amount: 100 } }])
  const body = { freeze_payout_on: '2026-05-01' }
  const changed = await gateway.api('PATCH /v1/payments/123e4567-e89b-42d3-a456-426614174000?preview=true', {
    body,
  })
  expect(changed.body.requests).toMatchObject([
    { method: 'PATCH', body: { freeze_payout_date: '2026-05-01' } },
  ])
  expect(gateway.simulators.mybeezbox.requests()).toHaveLength(before)
})
