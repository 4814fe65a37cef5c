import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { RunningSimulators } from '#simulators/index'
import { expectProblem } from '#test/expect-problem'
import type { TestGateway } from '#test/gateway'
import { placeOrder } from '#test/order-people'
import { payer } from '#test/orders'
import {
  type AccountHere,
  accountAt,
  enter,
  startOpenGateway,
  startOwnProviders,
} from '#test/own-connections'

const partner_uuid = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'

let gateway: TestGateway
let providers: RunningSimulators
let account: AccountHere
beforeAll(async () => {
  gateway = await startOpenGateway()
  providers = await startOwnProviders()
})
beforeEach(async () => {
  account = await accountAt(gateway)
})
afterAll(async () => {
  await gateway.close()
  await providers.stop()
})

const ask = (order: string, body: object) =>
  account.api(`POST /v1/orders/${order}/payment-requests`, { body })

test('a payment request of an order goes to the partner and in the currency of the connection', async () => {
  const order = await placeOrder(account, { bill_payers: 1, tenants: [payer()] })
  expectProblem(await ask(order.id, {}), 'provider_not_connected')
  const settings = { partner_uuid, currency: 'GBP' }
  await enter(account, providers, 'mybeezbox', { settings })
  const { status, body } = await ask(order.id, {})
  const price = order.body.price?.per_month
  expect([status, body.amount]).toEqual([201, price])
  expect(providers.mybeezbox.requests().at(-1)?.body).toMatchObject({
    partner_uuid,
    amount: Number(price?.amount) / 100,
    reference: order.id,
  })
})

test('one that settles in euros takes no pounds, also not those of the order', async () => {
  const order = await placeOrder(account, { bill_payers: 1, tenants: [payer()] })
  await enter(account, providers, 'mybeezbox', { settings: { partner_uuid } })
  for (const body of [{}, { amount: { amount: 100, currency: 'GBP' } }]) {
    const { errors } = expectProblem(await ask(order.id, body), 'currency_mismatch')
    const message = 'must be given in EUR'
    expect(errors).toEqual([{ pointer: '/amount', code: 'currency_mismatch', message }])
  }
})

test('the settings of one account are not those of another', async () => {
  await enter(await accountAt(gateway), providers, 'mybeezbox', { settings: { partner_uuid } })
  await enter(account, providers, 'mybeezbox')
  const order = await placeOrder(account, { bill_payers: 1, tenants: [payer()] })
  const answer = await ask(order.id, { amount: { amount: 100, currency: 'EUR' } })
  expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer: '/partner_uuid' }])
})
