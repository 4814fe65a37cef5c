import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FaultName } from '#simulators/core/faults'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { createStandingClock, lookAtDue, lookUntilProven, metricsOf } from '#test/looking'
import { homeboxClient } from '#test/simulator-client'
import { newestOrderId, stepsOf, unknownOrder } from '#test/unknown-orders'

// One gateway each: failures add up to an open circuit.
let clock: ReturnType<typeof createStandingClock>
let gateway: TestGateway
beforeEach(async () => {
  clock = createStandingClock()
  gateway = await startTestGateway({ now: clock.now, environment: { PROVIDER_TIMEOUT_MS: '2000' } })
})
afterEach(() => gateway.close())

const show = async (id: string) => (await gateway.api(`GET /v1/orders/${id}`)).body
const operation = async (id: string) => (await gateway.api(`GET /v1/operations/${id}`)).body
const sent = () =>
  gateway.simulators.homebox
    .requests()
    .filter(({ method, path }) => method === 'POST' && path === '/api/partner/order').length
async function eventsOf(resource: string): Promise<string[]> {
  const { body } = await gateway.api(`GET /v1/events?resource=${resource}&limit=100`)
  return body.data.map(({ type }: { type: string }) => type).toReversed()
}

describe('an order that the provider made although its answer was lost', () => {
  test.each(['answer-lost', 'cut-body', 'applied-error', 'renamed-field', 'slow'] as const)(
    'is found after %s by its reference, and what was waiting for it goes on',
    async (fault: FaultName) => {
      const { id, operation: lost } = await unknownOrder(gateway, { fault })
      expect(await lookAtDue(gateway)).toBe(0)
      clock.pass(5_000)
      expect(await lookAtDue(gateway)).toBe(1)
      const order = await show(id)
      expect(order.status).toBe('pending')
      expect(order.steps.map((step: { state: string }) => step.state)).toEqual([
        'succeeded',
        'succeeded',
        'succeeded',
      ])
      expect(await operation(lost)).toMatchObject({
        state: 'succeeded',
        provider_ids: [await newestOrderId(gateway)],
        error: null,
        attempts: 1,
      })
      expect([sent(), gateway.simulators.homebox.count('orders.create')]).toEqual([1, 1])
      expect(gateway.simulators.homebox.count('tenants.create')).toBe(2)
      expect(await eventsOf(lost)).toEqual(['operation.unknown', 'operation.settled'])
      expect(await eventsOf(id)).toEqual([
        'order.status_changed',
        'order.created',
        'order.status_changed',
        'order.status_changed',
      ])
    },
  )
})

describe('an order that the provider does not have', () => {
  test('is failed once two looks after the grace period have not found it', async () => {
    const { id, operation: lost } = await unknownOrder(gateway, { fault: 'hang' })
    for (const [ms, state] of [
      [5_000, 'unknown'],
      [15_000, 'unknown'],
      [45_000, 'unknown'],
      [135_000, 'not_sent'],
    ] as const) {
      clock.pass(ms)
      expect(await lookAtDue(gateway)).toBe(1)
      expect(await stepsOf(gateway, id)).toEqual([state, 'planned', 'planned'])
    }
    expect((await show(id)).status).toBe('failed')
    expect(await operation(lost)).toMatchObject({
      state: 'not_sent',
      error: {
        code: 'provider_timeout',
        retryable: true,
        message: expect.stringContaining('does not have it'),
      },
    })
    expect([sent(), await lookAtDue(gateway)]).toEqual([1, 0])
  })

  test('is sent again under another name when somebody wants it to be', async () => {
    const { id } = await unknownOrder(gateway, { fault: 'cut-before' })
    await lookUntilProven(gateway, clock)
    const { status, body } = await gateway.api(`POST /v1/orders/${id}/retry`)
    expect([status, body.status]).toEqual([200, 'pending'])
    expect(gateway.simulators.homebox.effects('orders.create').map(({ body: told }) => told)).toMatchObject([
      { reference: `${id}-2` },
    ])
  })
})

describe('an order of which an earlier attempt turns up late', () => {
  test('is left to a person, who is told of it, while the later attempt is not there', async () => {
    const { id, operation: lost } = await unknownOrder(gateway, { fault: 'cut-before', tenants: [] })
    const { homebox } = gateway.simulators
    homebox.arm({ fault: 'cut-before', operation: 'orders.create' })
    await gateway.api(`POST /v1/orders/${id}/resolve`, {
      body: { outcome: 'did_not_happen', send_again: true },
    })
    const [late] = homebox
      .requests()
      .filter(({ method, path }) => method === 'POST' && path.endsWith('/order'))
    expect(late?.body).toMatchObject({ reference: id })
    await homeboxClient(homebox).post('/api/partner/order', late?.body)
    await lookUntilProven(gateway, clock)
    expect(await operation(lost)).toMatchObject({
      state: 'unknown',
      reference: `${id}-2`,
      hint: `An earlier attempt was carried out too: order ${await newestOrderId(gateway)} (${id}).`,
    })
  })

  test('has happened twice, and says so, where the later attempt is there', async () => {
    const { id, operation: lost } = await unknownOrder(gateway, { fault: 'answer-lost', tenants: [] })
    const first = await newestOrderId(gateway)
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'orders.create' })
    const body = { outcome: 'did_not_happen', send_again: true }
    await gateway.api(`POST /v1/orders/${id}/resolve`, { body })
    clock.pass(5_000)
    await lookAtDue(gateway)
    expect(await operation(lost)).toMatchObject({
      state: 'succeeded',
      provider_ids: [await newestOrderId(gateway)],
      hint: `An earlier attempt was carried out too: order ${first} (${id}).`,
    })
  })
})

describe('a provider that cannot be read', () => {
  test.each(['unavailable', 'hang', 'html'] as const)(
    'leaves an order unknown (%s), however long that lasts',
    async fault => {
      const { id } = await unknownOrder(gateway, { fault: 'cut-before' })
      gateway.simulators.homebox.arm({ fault, operation: 'orders.list', times: 100 })
      await lookUntilProven(gateway, clock)
      expect(await stepsOf(gateway, id)).toEqual(['unknown', 'planned', 'planned'])
      const { 'provider=homebox,operation=orders.create,outcome=unreadable': unreadable } = await metricsOf(
        gateway,
        'billbridge_reconcile_looks_total',
      )
      expect(unreadable).toBe(4)
    },
  )
})

describe('two processes', () => {
  test('find an order once, and go on with it once', async ({ onTestFinished }) => {
    const { database, simulators, key } = gateway
    const environment = { PROVIDER_TIMEOUT_MS: '2000', BILLBRIDGE_API_KEY: key }
    const other = await startTestGateway({ now: clock.now, environment, database, simulators })
    onTestFinished(other.close)
    const { id, operation: lost } = await unknownOrder(gateway)
    clock.pass(5_000)
    const refreshed = gateway.api(`GET /v1/orders/${id}?refresh=true`)
    await Promise.all([lookAtDue(gateway, other, gateway, other), refreshed])
    expect(await stepsOf(gateway, id)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(simulators.homebox.count('orders.create')).toBe(1)
    expect(simulators.homebox.count('tenants.create')).toBe(2)
    expect(await eventsOf(lost)).toEqual(['operation.unknown', 'operation.settled'])
  })
})

describe('how many outcomes nobody knows', () => {
  test('is measured by provider, and gone when they are known', async () => {
    await unknownOrder(gateway)
    expect(await metricsOf(gateway, 'billbridge_intents_unknown')).toEqual({ 'provider=homebox': 1 })
    clock.pass(5_000)
    await lookAtDue(gateway)
    expect(await metricsOf(gateway, 'billbridge_intents_unknown')).toEqual({})
  })
})

describe('reading an order with refresh=true', () => {
  test('looks for it at once', async () => {
    const { id } = await unknownOrder(gateway)
    const { body } = await gateway.api(`GET /v1/orders/${id}?refresh=true`)
    expect(body).toMatchObject({ status: 'active', provider_status: 'Active' })
    expect(await metricsOf(gateway, 'billbridge_reconcile_looks_total')).toEqual({
      'provider=homebox,operation=orders.create,outcome=found': 1,
    })
  })
})
