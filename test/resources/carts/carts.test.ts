import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const wanted = paymentWriteInputs['carts.create']

test('a cart is made with what is in it as it was given, once per key', async () => {
  const headers = { 'idempotency-key': 'one cart' }
  const made = await gateway.api('POST /v1/carts', {
    body: { ...wanted, metadata: { basket: '9' } },
    headers,
  })
  const { mybeezbox } = gateway.simulators
  expect(mybeezbox.requests().at(-1)).toMatchObject({ method: 'POST', path: '/multiproductcarts/' })
  expect(mybeezbox.requests().at(-1)?.body).toEqual(wanted)
  expect([made.status, made.body]).toEqual([
    201,
    {
      ...wanted,
      id: made.body.id,
      object: 'cart',
      mode: 'test',
      provider: 'mybeezbox',
      metadata: { basket: '9' },
      details: {},
    },
  ])
  const again = await gateway.api('POST /v1/carts', {
    body: { ...wanted, metadata: { basket: '9' } },
    headers,
  })
  expect(again.text).toBe(made.text)
  expect(mybeezbox.count('carts.create')).toBe(1)
})

test.each([
  ['/partner_uuid', 'required', { partner_uuid: undefined }],
  ['/data', 'invalid_type', { data: [] }],
])('a cart with a wrong %s is refused', async (pointer, code, change) => {
  const answer = await gateway.api('POST /v1/carts', { body: { ...wanted, ...change } })
  expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
})

test('a cart whose answer is lost is an operation that a person settles', async () => {
  gateway.simulators.mybeezbox.arm({ fault: 'answer-lost', operation: 'carts.create' })
  const { status, body } = await gateway.api('POST /v1/carts', { body: wanted })
  expect([status, body.state, body.reconcile]).toEqual([202, 'unknown', 'by_person'])
})
