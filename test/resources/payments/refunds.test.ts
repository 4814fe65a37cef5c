import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

/** Of the samples: one of which a tenth was given back, and one that is under way. */
const PAID = '7a82448d-e8a3-4049-8e88-2c8186c3076f'
const UNDER_WAY = '0b1d1f1c-5f0a-4c6e-9a34-0a54f6b6a0d2'
const eur = (amount: number) => ({ amount, currency: 'EUR' })
const asked = () => gateway.simulators.mybeezbox.requests()
const refund = (id: string, body: object, key?: string) =>
  gateway.api(`POST /v1/payments/${id}/refunds`, { body, headers: key ? { 'idempotency-key': key } : {} })

async function newPayment(): Promise<string> {
  const { body } = await gateway.api('POST /v1/payments', { body: paymentWriteInputs['payments.create'] })
  return body.id
}

test('a part is given back, with exactly what the document names, once per key', async () => {
  const id = await newPayment()
  const before = asked().length
  const body = {
    amount: eur(1_000),
    split: { extra_source_amount: eur(400), additional_payin_amount: eur(600) },
  }
  const first = await refund(id, body, 'part')
  expect(
    asked()
      .slice(before)
      .map(({ method, path }) => `${method} ${path}`),
  ).toEqual([`GET /payments/${id}/`, `GET /payments/${id}/transactions/`, `POST /payments/${id}/refund/`])
  expect(asked().at(-1)?.body).toEqual({
    amount: 10,
    split: { extra_source_amount: 4, additional_payin_amount: 6 },
  })
  expect([first.status, first.body]).toEqual([
    201,
    {
      id,
      object: 'refund',
      mode: 'test',
      provider: 'mybeezbox',
      state: 'succeeded',
      provider_state: 'ok',
      amount: eur(1_000),
      message: 'The refund was performed successfully',
      metadata: {},
    },
  ])
  expect((await refund(id, body, 'part')).text).toBe(first.text)
  expect(asked()).toHaveLength(before + 3)
})

test.each([
  ['encodes a character', (id: string) => id.replaceAll('-', '%2D')],
  ['writes capitals', (id: string) => id.toUpperCase()],
])('a refund is sent once per key, also to a sender who %s the second time', async (_, spell) => {
  const id = await newPayment()
  const body = { amount: eur(1_000) }
  const first = await refund(id, body, `spelled ${id}`)
  const before = asked().length
  const again = await refund(spell(id), body, `spelled ${id}`)
  expect([again.text, again.headers['idempotent-replayed']]).toEqual([first.text, 'true'])
  expect(asked()).toHaveLength(before)
})

test('refunds add up until nothing is left, and make the refund state of the payment', async () => {
  const id = await newPayment()
  const stateOf = async () => (await gateway.api(`GET /v1/payments/${id}`)).body.refund_state
  expect(await stateOf()).toBe('none')
  await refund(id, { amount: eur(4_000) })
  expect(await stateOf()).toBe('partial')
  const tooMuch = await refund(id, { amount: eur(6_001) })
  const { errors } = expectProblem(tooMuch, 'validation_failed')
  expect(errors).toMatchObject([
    { pointer: '/amount/amount', code: 'more_than_remains', message: expect.stringContaining('6000') },
  ])
  expect(asked().at(-1)?.method).toBe('GET')
  expect((await refund(id, { amount: eur(6_000) })).status).toBe(201)
  expect(await stateOf()).toBe('full')
  const { body } = await gateway.api(`GET /v1/payments/${id}/transactions`)
  expect(body.data.map((one: { details: { type: string } }) => one.details.type)).toEqual([
    'payin',
    'refund',
    'refund',
  ])
})

test.each([
  ['/amount/amount', 'too_small', { amount: eur(-100) }],
  ['/amount/amount', 'too_small', { amount: eur(0) }],
  [
    '/split',
    'split_mismatch',
    { amount: eur(1_000), split: { extra_source_amount: eur(400), additional_payin_amount: eur(601) } },
  ],
  [
    '/split/additional_payin_amount/amount',
    'too_small',
    { amount: eur(1_000), split: { extra_source_amount: eur(1_001), additional_payin_amount: eur(-1) } },
  ],
  [
    '/split/additional_payin_amount',
    'required',
    { amount: eur(1_000), split: { extra_source_amount: eur(1_000) } },
  ],
])('a refund with a wrong %s (%s) is refused before anything is asked', async (pointer, code, body) => {
  const before = asked().length
  const answer = await refund(PAID, body)
  expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
  expect(asked()).toHaveLength(before)
})

test('a refund that is answered in another word than ok is unknown', async () => {
  const answer = await refund(UNDER_WAY, { amount: eur(100) }, 'under way')
  expect([answer.status, answer.body.state, answer.body.operation]).toEqual([
    202,
    'unknown',
    'payments.refund',
  ])
  expect((await refund(UNDER_WAY, { amount: eur(100) }, 'under way')).text).toBe(answer.text)
  expect(
    gateway.simulators.mybeezbox
      .requests()
      .filter(({ path }) => path.endsWith('/refund/'))
      .at(-1)?.body,
  ).toEqual({
    amount: 1,
  })
})

test('a payment that is not there is not found, and a preview asks nothing', async () => {
  expectProblem(await refund('123e4567-e89b-42d3-a456-426614174000', { amount: eur(1) }), 'not_found')
  const before = asked().length
  const { body } = await gateway.api(`POST /v1/payments/${PAID}/refunds?preview=true`, {
    body: { amount: eur(100) },
  })
  expect(body).toMatchObject({
    requests: [{ method: 'POST', path: `/payments/${PAID}/refund/`, body: { amount: 1 } }],
    side_effects: ['gives money back to the customer', 'takes it from the partner'],
  })
  expect(asked()).toHaveLength(before)
})
