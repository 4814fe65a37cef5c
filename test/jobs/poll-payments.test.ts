import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { placeOrder } from '#test/order-people'
import { payer } from '#test/orders'
import { pollAll } from '#test/polling'
import { at, homeboxClient } from '#test/simulator-client'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let time: number
let gateway: TestGateway
beforeEach(async () => {
  time = Date.parse('2026-11-21T12:00:00.000Z')
  gateway = await startTestGateway({ now: () => new Date(time) })
  onTestFinished(gateway.close)
})

const events = async () => {
  const { body } = await gateway.api('GET /v1/events?limit=100')
  return body.data.filter(({ type }: { type: string }) => type.startsWith('payment.'))
}
const told = async () =>
  (await events()).map((event: { type: string; data: Record<string, unknown> }) => [
    event.type,
    event.data['previous_status'],
  ])

/** An order with one bill payer and their first payment; active once everybody needed is there. */
async function place(bill_payers = 1) {
  const order = await placeOrder(gateway, { bill_payers, tenants: [payer()] })
  const path = `/api/partner/order/${order.homeboxId}/payments`
  const { body } = await homeboxClient(gateway.simulators.homebox).get(path)
  const id = Number(at(body, 'data', 0, 'id'))
  const reads = () =>
    gateway.simulators.homebox
      .requests()
      .filter(({ method, path: asked }) => method === 'GET' && asked === path)
  const before = reads().length
  return {
    order,
    id,
    becomes: (status: 'pending' | 'success' | 'failed' | 'cancelled') =>
      gateway.simulators.homebox.happen.setPayment(id, status),
    looks: () => reads().length - before,
  }
}
async function later(ms: number): Promise<void> {
  time += ms
  await pollAll(gateway.services)
}

test('what becomes of a payment of an active order is told of, once', async () => {
  const { order, id, becomes, looks } = await place()
  await pollAll(gateway.services)
  await later(2 * HOUR)
  expect([looks(), await told()]).toEqual([1, []])
  becomes('failed')
  await later(2 * HOUR)
  await later(2 * HOUR)
  expect(looks()).toBe(3)
  expect(await events()).toEqual([
    {
      id: expect.stringMatching(/^event_/),
      object: 'event',
      mode: 'test',
      type: 'payment.failed',
      resource: order.id,
      sequence: expect.any(Number),
      data: {
        id: order.id,
        provider: 'homebox',
        payment_id: String(id),
        status: 'failed',
        previous_status: 'pending',
        provider_status: 'failed',
        method: 'direct_debit',
        attempt: 1,
      },
      created_at: new Date(time - 2 * HOUR).toISOString(),
    },
  ])
  becomes('success')
  await later(2 * HOUR)
  expect(await told()).toEqual([
    ['payment.succeeded', 'failed'],
    ['payment.failed', 'pending'],
  ])
})

test('a payment of a young order that is over when it is first seen is told of', async () => {
  const { becomes } = await place()
  becomes('success')
  await pollAll(gateway.services)
  expect(await told()).toEqual([])
  await later(2 * HOUR)
  expect(await told()).toEqual([['payment.succeeded', null]])
})

test('the past of an order that is old when it is first looked at is kept, and only what comes then is told of', async () => {
  const { becomes, looks } = await place()
  becomes('failed')
  await later(60 * DAY)
  expect([looks(), await told()]).toEqual([1, []])
  becomes('success')
  await later(DAY)
  expect(await told()).toEqual([['payment.succeeded', 'failed']])
})

test('neither a pending nor a cancelled payment is worth an event', async () => {
  const { becomes, looks } = await place()
  await pollAll(gateway.services)
  becomes('cancelled')
  await later(2 * HOUR)
  expect([looks(), await told()]).toEqual([1, []])
})

test('a last payment that fails after the order has ended is told of, and 60 days later nobody looks any more', async () => {
  const { order, becomes, looks } = await place()
  await pollAll(gateway.services)
  gateway.simulators.homebox.happen.setOrderStatus(Number(order.homeboxId), { id: 0, text: 'Cancelled' })
  await later(DAY)
  expect([(await gateway.api(`GET ${order.path}`)).body.status, await told()]).toEqual(['cancelled', []])
  becomes('failed')
  await later(DAY)
  expect(await told()).toEqual([['payment.failed', 'pending']])
  await later(60 * DAY)
  const all = looks()
  becomes('success')
  await later(60 * DAY)
  expect(looks()).toBe(all)
})

test('of an order that is not active yet the provider is not asked', async () => {
  const { looks } = await place(2)
  for (let days = 0; days < 3; days += 1) await later(DAY)
  expect(looks()).toBe(0)
})
