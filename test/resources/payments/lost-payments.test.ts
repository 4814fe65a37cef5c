import { afterEach, beforeEach, expect, test } from 'vitest'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { createStandingClock, lookAtDue, lookUntilProven } from '#test/looking'

let clock: ReturnType<typeof createStandingClock>
let gateway: TestGateway
beforeEach(async () => {
  clock = createStandingClock()
  gateway = await startTestGateway({ now: clock.now, environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
afterEach(() => gateway.close())

const wanted = paymentWriteInputs['payments.create']
const eur = (amount: number) => ({ amount, currency: 'EUR' })
const operation = async (id: string) => (await gateway.api(`GET /v1/operations/${id}`)).body

type Lost = 'payments.create' | 'payments.refund'

async function lose(name: Lost, path: string, body: object, fault = 'answer-lost' as const): Promise<string> {
  gateway.simulators.mybeezbox.arm({ fault, operation: name })
  const lost = await gateway.api(`POST ${path as '/'}`, { body })
  expect([lost.status, lost.body.state, lost.body.reconcile]).toEqual([202, 'unknown', 'by_scan'])
  return lost.body.id
}

async function newPayment(): Promise<string> {
  return (await gateway.api('POST /v1/payments', { body: wanted })).body.id
}

async function looked(id: string) {
  clock.pass(5_000)
  await lookAtDue(gateway)
  return operation(id)
}

test('a lost payment is found by partner, customer, amount and day, and shows its metadata', async () => {
  const id = await lose('payments.create', '/v1/payments', { ...wanted, metadata: { till: '4' } })
  const found = await looked(id)
  expect(gateway.simulators.mybeezbox.requests().at(-1)).toMatchObject({
    path: '/payments/',
    query: {
      created_on__gte: new Date(clock.now().getTime() - 605_000).toISOString().slice(0, 10),
      partner_uuid: wanted.partner_uuid,
      customer_email: 'jane.smith@example.com',
    },
  })
  expect(found).toMatchObject({ state: 'succeeded', provider_ids: [expect.any(String)] })
  const { body } = await gateway.api(`GET /v1/payments/${found.provider_ids[0]}`)
  expect(body).toMatchObject({ amount: wanted.amount, metadata: { till: '4' } })
})

test('a payment that an operation of ours made is not taken for another one that is lost', async () => {
  await newPayment()
  gateway.simulators.mybeezbox.arm({ fault: 'cut-before', operation: 'payments.create' })
  const { body } = await gateway.api('POST /v1/payments', { body: wanted })
  await lookUntilProven(gateway, clock)
  expect(await operation(body.id)).toMatchObject({ state: 'not_sent' })
})

test('two payments that may be it are left to a person, and so is one without an e-mail address', async () => {
  const first = await lose('payments.create', '/v1/payments', wanted)
  const second = await lose('payments.create', '/v1/payments', wanted)
  expect(await looked(first)).toMatchObject({
    state: 'unknown',
    hint: expect.stringContaining('more than one'),
  })
  expect(await operation(second)).toMatchObject({ state: 'unknown' })
  const nameless = { ...wanted, amount: eur(777), customer: { last_name: 'Smith' } }
  const third = await lose('payments.create', '/v1/payments', nameless)
  expect(await looked(third)).toMatchObject({ state: 'unknown', hint: expect.stringContaining('not enough') })
})

test('a lost refund is found as a transaction that was not there before', async () => {
  const payment = await newPayment()
  await gateway.api(`POST /v1/payments/${payment}/refunds`, { body: { amount: eur(1_000) } })
  clock.pass(1)
  const id = await lose('payments.refund', `/v1/payments/${payment}/refunds`, { amount: eur(1_000) })
  expect(await looked(id)).toMatchObject({ state: 'succeeded', provider_ids: [payment] })
})

test('a refund of which no transaction came is known not to have happened', async () => {
  const payment = await newPayment()
  gateway.simulators.mybeezbox.arm({ fault: 'cut-before', operation: 'payments.refund' })
  const { body } = await gateway.api(`POST /v1/payments/${payment}/refunds`, { body: { amount: eur(1_000) } })
  await lookUntilProven(gateway, clock)
  expect(await operation(body.id)).toMatchObject({ state: 'not_sent' })
})
