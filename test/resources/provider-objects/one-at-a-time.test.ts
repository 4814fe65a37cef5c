import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { placeOrder } from '#test/order-people'
import { payer } from '#test/orders'

const environment = { PROVIDER_TIMEOUT_MS: '3000' }
let gateway: TestGateway
let other: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ environment })
  const { key, database, simulators } = gateway
  const same = { ...environment, BILLBRIDGE_API_KEY: key }
  other = await startTestGateway({ environment: same, database, simulators })
})
afterAll(async () => {
  await other.close()
  await gateway.close()
})

const eur = (amount: number) => ({ amount, currency: 'EUR' })
const use = { partner_source_id: '222', value: eur(100), creation_date: '2026-06-16' }

async function newCode(): Promise<string> {
  const body = {
    marketplace_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
    state: 'paid',
    value: eur(10_000),
    gifter: { email: 'jane.doe@example.com' },
    from_gifter: 'Happy birthday!',
    activates_at: '2026-06-16T12:00:00Z',
    expires_at: '2027-06-16T12:00:00Z',
  }
  return (await gateway.api('POST /v1/network-gift-cards', { body })).body.code
}

interface Move {
  readonly path: string
  readonly body?: object
}

/** Every way of moving money of something that is there, each made ready anew. */
const moves = {
  'payments.refund': async () => {
    const { body } = await gateway.api('POST /v1/payments', { body: paymentWriteInputs['payments.create'] })
    return { path: `/v1/payments/${body.id}/refunds`, body: { amount: eur(100) } }
  },
  'networkGiftcards.use': async () => ({
    path: `/v1/network-gift-cards/${await newCode()}/usages`,
    body: use,
  }),
  'networkGiftcards.cancelUsage': async () => {
    const path = `/v1/network-gift-cards/${await newCode()}/usages` as const
    const { body } = await gateway.api(`POST ${path}`, { body: use })
    return { path: `/v1/network-gift-card-usages/${body.id}/cancel`, body: {} }
  },
  'payments.replace': async () => {
    const order = await placeOrder(gateway, { tenants: [payer()] })
    const { body } = await gateway.api(`GET ${order.path}/payments`)
    const path = `${order.path}/payments/${body.data[0].id}/replace`
    return { path, body: { payment_method: 'bank_transfer' } }
  },
} satisfies Record<string, () => Promise<Move>>

function send({ api }: TestGateway, { path, body }: Move, key: string) {
  return api(`POST /${path.slice(1)}`, { headers: { 'idempotency-key': key }, ...(body ? { body } : {}) })
}

const simulatorOf = (name: string) =>
  name === 'payments.replace' ? gateway.simulators.homebox : gateway.simulators.mybeezbox

describe.each(Object.entries(moves))('%s', (name, makeReady) => {
  test('is not sent under another key while nobody knows what became of an earlier one', async () => {
    const move = await makeReady()
    const simulator = simulatorOf(name)
    simulator.arm({ fault: 'cut-before', operation: name })
    const lost = await send(gateway, move, 'first')
    expect([lost.status, lost.body.state]).toEqual([202, 'unknown'])
    const asked = simulator.requests().length
    const second = await send(other, move, 'second')
    expect(expectProblem(second, 'state_conflict').resource).toBe(lost.body.id)
    expect((await send(other, move, 'first')).text).toBe(lost.text)
    expect(simulator.requests()).toHaveLength(asked)

    const word = { outcome: 'did_not_happen', note: 'They have told us so.' }
    await gateway.api(`POST /v1/operations/${lost.body.id}/resolve`, { body: word })
    const before = simulator.count(name)
    expect((await send(other, move, 'second')).status).toBeLessThan(202)
    expect(simulator.count(name) - before).toBe(1)
  })

  test('is sent once, of many that come at two processes at once under keys of their own', async () => {
    const move = await makeReady()
    const simulator = simulatorOf(name)
    simulator.arm({ fault: 'answer-lost', operation: name, times: 8 })
    const before = simulator.count(name)
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => send(index % 2 ? gateway : other, move, `at-once-${index}`)),
    )
    simulator.disarm()
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 202))
      expectProblem(answer, 'state_conflict')
    expect(simulator.count(name) - before).toBe(1)
  })
})

test('a payout request is not cancelled while nobody knows whether it was validated', async () => {
  const { mybeezbox } = gateway.simulators
  mybeezbox.arm({ fault: 'cut-before', operation: 'payoutRequests.validate' })
  const lost = await send(gateway, { path: '/v1/payout-requests/2/validate' }, 'first')
  const asked = mybeezbox.requests().length
  const refused = await send(other, { path: '/v1/payout-requests/2/cancel' }, 'second')
  expect(expectProblem(refused, 'state_conflict').resource).toBe(lost.body.id)
  expect(mybeezbox.requests()).toHaveLength(asked)
})

test('a refund that comes many times at once under one key is one refund with one answer', async () => {
  const move = await moves['payments.refund']()
  const before = gateway.simulators.mybeezbox.count('payments.refund')
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => send(index % 2 ? gateway : other, move, 'the same')),
  )
  const done = answers.filter(({ status }) => status === 201)
  expect(new Set(done.map(({ text }) => text)).size).toBe(1)
  for (const answer of answers.filter(({ status }) => status !== 201))
    expectProblem(answer, 'idempotency_conflict')
  expect(gateway.simulators.mybeezbox.count('payments.refund') - before).toBe(1)
})
