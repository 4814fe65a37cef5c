import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Canaries, heardIn } from '#test/canaries'
import { textOfTables } from '#test/database-text'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { homeboxOffer, payer } from '#test/orders'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const canaries = {
  'first name': 'Serinus',
  'last name': 'Kanarienvogel',
  'e-mail': 'zeisig',
  phone: '79111234',
  street: 'Vogelstange',
  nickname: 'Piepmatz',
} satisfies Canaries

/** Fields that nobody can tell what they are by their names are people's, too. */
const customer = (fault: string) => ({
  first_name: canaries['first name'],
  last_name: canaries['last name'],
  email: `${fault}+zeisig@example.com`,
  mobile: '+4479111234',
  street: '1 Vogelstange',
  aka: [canaries.nickname],
})

/** Everything that others than the caller of the very request get to read. */
async function overheard(order = ''): Promise<string> {
  const calls = await gateway.api('GET /v1/provider-calls?provider=mybeezbox&limit=100')
  const events = await gateway.api('GET /v1/events?limit=100')
  const operations = await gateway.api('GET /v1/operations?limit=100')
  const timeline = order === '' ? [] : [(await gateway.api(`GET /v1/orders/${order}/timeline`)).text]
  return [...gateway.logs, calls.text, events.text, operations.text, ...timeline].join('\n')
}

const { 'payments.create': payment, 'paymentRequests.create': request } = paymentWriteInputs

test.each([
  ['is asked', 'serin'],
  ['is refused', 'refused'],
  ['gets no answer that arrives', 'answer-lost'],
])('nobody overhears which customer %s', async (_what, fault) => {
  await gateway.api('POST /v1/payments', { body: { ...payment, customer: customer(fault) } })
  const made = await gateway.api('POST /v1/payment-requests', {
    body: { ...request, customer: customer(fault) },
  })
  expect(gateway.simulators.mybeezbox.requests().at(-1)?.body).toMatchObject({ customer: customer(fault) })
  if (made.status === 201) await gateway.api(`GET /v1/payment-requests/${made.body.id}`)
  await gateway.api(`GET /v1/payments?customer_email=${encodeURIComponent(customer(fault).email)}`)
  const heard = await overheard()
  expect(heard).toContain('paymentRequests.create')
  expect(heardIn(heard, canaries)).toEqual([])
})

test('nobody overhears the first tenant of an order, and the database keeps a customer nowhere in clear', async () => {
  const { mobile: _, street: __, aka: ___, ...tenant } = customer('serin')
  const offer_id = await homeboxOffer(gateway.api)
  const { body: order } = await gateway.api('POST /v1/orders', {
    body: { offer_id, bill_payers: 1, tenants: [payer(tenant)] },
  })
  const body = { partner_uuid: request.partner_uuid, amount: request.amount }
  const { status } = await gateway.api(`POST /v1/orders/${order.id}/payment-requests`, { body })
  expect(status).toBe(201)
  expect(heardIn(await overheard(order.id), canaries)).toEqual([])
  const text = await textOfTables(gateway)
  expect(text).toContain('paymentRequests.create')
  expect(heardIn(text, { street: canaries.street, nickname: canaries.nickname })).toEqual([])
})
