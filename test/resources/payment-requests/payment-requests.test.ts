import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const PATH = '/v1/payment-requests'
const wanted = paymentWriteInputs['paymentRequests.create']
const sent = () => gateway.simulators.mybeezbox.requests().at(-1)

test('a payment request is made with exactly what the document names, and shown in our words', async () => {
  const body = { ...wanted, reference: 'INV-17', metadata: { invoice: '17' } }
  const made = await gateway.api(`POST ${PATH}`, { body })
  expect(sent()).toMatchObject({ method: 'POST', path: '/paymentrequests/' })
  expect(sent()?.body).toEqual({ ...wanted, reference: 'INV-17', amount: 100 })
  const { id } = made.body
  expect([made.status, made.headers['location']]).toEqual([201, `${PATH}/${id}`])
  const { language: _, ...told } = body
  expect(made.body).toEqual({
    ...told,
    id,
    object: 'payment_request',
    mode: 'test',
    provider: 'mybeezbox',
    code: `PR${id}`,
    state: 'other',
    provider_state: 'pending',
    created_at: expect.any(String),
    updated_at: made.body.created_at,
    details: {},
  })
  expect((await gateway.api(`GET ${PATH}/${id}`)).body).toEqual(made.body)
  expect((await gateway.api(`GET ${PATH}?search=inv-17`)).body.data).toEqual([made.body])
  expect(sent()?.query).toEqual({ search: 'inv-17' })
})

test('without a reference of yours it goes under the id of the operation, and in English', async () => {
  const { reference: _, language: __, ...rest } = wanted
  await gateway.api(`POST ${PATH}`, { body: rest })
  const { body: operations } = await gateway.api('GET /v1/operations?operation=paymentRequests.create')
  const { id, reference } = operations.data[0]
  expect(reference).toBe(id)
  expect(sent()?.path).toBe('/paymentrequests/')
  expect(sent()?.body).toMatchObject({ reference: id, language: 'en' })
})

test('the sample of the document is shown, with its payments', async () => {
  const { body } = await gateway.api(`GET ${PATH}/1?include=provider_data`)
  expect(body).toMatchObject({
    id: '1',
    code: 'PRasdf1234',
    state: 'paid',
    provider_state: 'paid',
    amount: { amount: 10_000, currency: 'EUR' },
    created_at: '2022-06-16T12:00:00.000Z',
    provider_data: { mybeezbox: { data: { code: 'PRasdf1234' } } },
  })
  const { body: payments } = await gateway.api(`GET ${PATH}/1/payments?limit=1`)
  expect(payments.data).toMatchObject([{ object: 'payment', payment_request_id: '1' }])
  expect(sent()).toMatchObject({ method: 'GET', path: '/paymentrequests/1/payments/' })
})

test('a page goes on with what was searched for, and with nothing else', async () => {
  await gateway.api(`POST ${PATH}`, { body: wanted })
  const first = await gateway.api(`GET ${PATH}?limit=1&search=Reference`)
  expect(first.body.has_more).toBe(true)
  const cursor = first.body.next_cursor
  expect((await gateway.api(`GET ${PATH}?limit=1&search=Reference&cursor=${cursor}`)).body.data).toHaveLength(
    1,
  )
  expectProblem(await gateway.api(`GET ${PATH}?limit=1&cursor=${cursor}`), 'malformed_request')
})

test.each([
  ['/amount/amount', 'too_small', { amount: { amount: -5, currency: 'EUR' } }],
  ['/amount/amount', 'too_small', { amount: { amount: 0, currency: 'EUR' } }],
  ['/language', 'invalid_value', { language: 'xx' }],
  ['/partner_uuid', 'invalid_format', { partner_uuid: '1' }],
  ['/customer', 'required', { customer: undefined }],
])('a payment request with a wrong %s is refused', async (pointer, code, change) => {
  const answer = await gateway.api(`POST ${PATH}`, { body: { ...wanted, ...change } })
  expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
})

test('one that is not there is not found', async () => {
  expectProblem(await gateway.api(`GET ${PATH}/404`), 'not_found')
  expectProblem(await gateway.api(`GET ${PATH}/404/payments`), 'not_found')
  expectProblem(await gateway.api(`GET ${PATH}/abc`), 'not_found')
})
