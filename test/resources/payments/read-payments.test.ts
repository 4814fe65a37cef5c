import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const ID = '7a82448d-e8a3-4049-8e88-2c8186c3076f'
const eur = (amount: number) => ({ amount, currency: 'EUR' })

const lastRequest = () => gateway.simulators.mybeezbox.requests().at(-1)

test('a payment is shown in our words, with its refund state by what was refunded', async () => {
  const { status, body } = await gateway.api(`GET /v1/payments/${ID}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    id: ID,
    object: 'payment',
    provider: 'mybeezbox',
    state: 'succeeded',
    provider_state: 'ok',
    customer: { first_name: 'John', last_name: 'Doe' },
    partner_id: '1',
    amount: eur(10_000),
    commission: eur(500),
    net_amount: eur(9_500),
    refunded_amount: eur(1_000),
    refund_state: 'partial',
    payout_request_id: '1',
    payout_request_state: 'validated',
    payout_request_created_at: '2022-06-16T12:00:00.000Z',
    extra_source_wallet_uuid: 'a1b2c3d4-e5f6-4789-9012-34567890abcd',
    metadata: {},
  })
})

test('each of the twelve filters is passed on in the words of the provider', async () => {
  const query = new URLSearchParams({
    created_from: '2022-01-01',
    created_to: '2022-12-31',
    partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
    state: 'succeeded',
    states: 'succeeded,in_progress',
    payout_request_state: 'validated',
    payout_request_states: 'to_be_validated, validated',
    customer_first_name: 'john',
    customer_last_name: 'doe',
    customer_email: 'johndoe@mybeezbox.com',
    partially_refunded: 'true',
    fully_refunded: 'false',
  })
  const { body } = await gateway.api(`GET /v1/payments?${query}`)
  expect(lastRequest()?.query).toEqual({
    created_on__gte: '2022-01-01',
    created_on__lte: '2022-12-31',
    partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
    status: 'ok',
    status__in: 'ok,ip',
    payout_request_status: 'validated',
    payout_request_status__in: 'to be validated,validated',
    customer_first_name: 'john',
    customer_last_name: 'doe',
    customer_email: 'johndoe@mybeezbox.com',
    partially_refunded: 'true',
    fully_refunded: 'false',
  })
  expect(body.data.map((payment: { id: string }) => payment.id)).toEqual([ID])
})

test('a page goes on with what was looked for, and with nothing else', async () => {
  const first = await gateway.api('GET /v1/payments?limit=1')
  expect(first.body.has_more).toBe(true)
  const cursor = first.body.next_cursor
  const second = await gateway.api(`GET /v1/payments?limit=1&cursor=${cursor}`)
  expect(second.body.data[0].state).toBe('in_progress')
  expectProblem(await gateway.api(`GET /v1/payments?limit=1&state=ok&cursor=${cursor}`), 'malformed_request')
})

test('the transactions of a payment are shown as they are', async () => {
  const { body } = await gateway.api(`GET /v1/payments/${ID}/transactions`)
  expect(body.data).toMatchObject([
    { object: 'payment_transaction', amount: eur(10_000), details: { type: 'payin' } },
  ])
})

test('what makes no sense is told before anything is sent', async () => {
  const before = gateway.simulators.mybeezbox.requests().length
  const wrong = await gateway.api('GET /v1/payments?created_from=01/01/2022&partially_refunded=maybe')
  expectProblem(wrong, 'validation_failed')
  expect(wrong.body.errors).toMatchObject([
    { pointer: '/query/created_from' },
    { pointer: '/query/partially_refunded' },
  ])
  expectProblem(await gateway.api('GET /v1/payments/4711'), 'not_found')
  expect(gateway.simulators.mybeezbox.requests()).toHaveLength(before)
})

test('an account without a connection of its own sees none of them', async () => {
  const { key } = await seedKey(gateway, { scopes: ['payments:read'] })
  expectProblem(await gateway.api('GET /v1/payments', { key }), 'provider_not_connected')
})
