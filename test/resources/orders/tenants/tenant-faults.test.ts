import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { FaultName } from '#simulators/core/faults'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder, sentBelow } from '#test/order-people'
import { payer } from '#test/orders'
import { PATIENCE } from '#test/patience'

let gateway: TestGateway
let order: PlacedOrder
let before: number
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '2000' } })
})
beforeEach(async () => {
  gateway.simulators.homebox.disarm()
  order = await placeOrder(gateway)
  before = gateway.simulators.homebox.count('tenants.create')
})
afterAll(() => gateway.close())

const add = (key: string, body: unknown = payer()) =>
  gateway.api(`POST ${order.path}/tenants`, { body, headers: { 'idempotency-key': key } })
const arm = (fault: FaultName, operation: string, times = 1) =>
  gateway.simulators.homebox.arm({ fault, operation, times })
const effects = () => gateway.simulators.homebox.count('tenants.create') - before
const tenants = async () => (await gateway.api(`GET ${order.path}/tenants`)).body.data

describe('adding a tenant whose outcome nobody knows', () => {
  test.each([
    'answer-lost',
    'cut-before',
    'cut-body',
    'applied-error',
    'error',
    'unavailable',
    'html',
    'renamed-field',
    'hang',
    'slow',
  ] as const)('answers 202 with the operation after %s, and never sends it again', async fault => {
    arm(fault, 'tenants.create')
    const sent = await sentBelow(gateway, order, async () => {
      const first = await add(fault)
      expect(first.status).toBe(202)
      expect(first.headers['location']).toBe(`/v1/operations/${first.body.id}`)
      expect(first.body).toMatchObject({
        object: 'operation',
        operation: 'tenants.create',
        state: 'unknown',
        reconcile: 'by_scan',
        resource: expect.stringMatching(/^tenant_/),
      })
      const again = await add(fault)
      expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([
        202,
        first.text,
        'true',
      ])
      expect((await gateway.api(`GET /v1/operations/${first.body.id}`)).body).toEqual(first.body)
    })
    expect(sent.map(([method]) => method)).toEqual(['POST'])
    expect(effects()).toBeLessThanOrEqual(1)
  })

  test('shows the tenant without an id, and with one once Homebox lists them', async () => {
    arm('answer-lost', 'tenants.create')
    const { body } = await add('seen-later')
    expect((await gateway.api(`GET ${order.path}`)).body.tenants).toMatchObject([
      { id: body.resource, provider_ids: [] },
    ])
    expect(await tenants()).toMatchObject([{ id: body.resource, provider_ids: [expect.any(String)] }])
  })

  test('tells of it', async () => {
    arm('answer-lost', 'tenants.create')
    const { body } = await add('told')
    const events = await gateway.api(`GET /v1/events?resource=${body.id}`)
    expect(events.body.data).toMatchObject([
      { type: 'operation.unknown', data: { operation: 'tenants.create', resource: body.resource } },
    ])
  })
})

describe('adding a tenant whom the provider refuses', () => {
  test('is answered as the problem, naming the operation, and remembered', async () => {
    arm('refused', 'tenants.create')
    const first = await add('refused')
    expect(first.status).toBe(422)
    expect(first.body).toMatchObject({
      code: 'provider_rejected',
      provider: 'homebox',
      provider_status: 422,
      retryable: false,
      resource: expect.stringMatching(/^operation_/),
    })
    const sent = await sentBelow(gateway, order, async () => {
      const again = await add('refused')
      expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([
        422,
        first.text,
        'true',
      ])
    })
    expect(sent).toEqual([])
  })

  test('leaves nobody behind', async () => {
    arm('refused', 'tenants.create')
    const { body } = await add('nobody', payer({ email: 'nobody@homebox.example.com' }))
    expect(await tenants()).toEqual([])
    const operation = await gateway.api(`GET /v1/operations/${body.resource}`)
    expect(operation.body).toMatchObject({ state: 'refused', error: { code: 'provider_rejected' } })
    const { rowCount } = await gateway.services.database.sql.query(
      "SELECT 1 FROM tenants WHERE email = 'nobody@homebox.example.com'",
    )
    expect(rowCount).toBe(0)
  })
})

describe('adding a tenant that is refused for a reason that lies with us', () => {
  test('frees the key when our credentials are refused: the retry goes through with one effect', async () => {
    arm('unauthorized', 'tenants.create', 4)
    expect(await add('ours')).toMatchObject({ status: 502, body: { code: 'provider_auth_failed' } })
    expect(await tenants()).toEqual([])
    gateway.simulators.homebox.disarm()
    const again = await add('ours')
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([201, undefined])
    expect(effects()).toBe(1)
  })
})

describe('a tenant who was never sent', () => {
  test('frees the key: the retry goes through with one effect', async () => {
    const other = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '900' } })
    onTestFinished(() => other.close())
    const placed = await placeOrder(other)
    const request = { body: payer(), headers: { 'idempotency-key': 'busy' } }
    const send = () => other.api(`POST ${placed.path}/tenants`, request)
    other.simulators.homebox.arm({ fault: 'rate-limited', operation: 'tenants.create', ms: 1 })
    const first = await send()
    expect(first).toMatchObject({ status: 429, body: { code: 'rate_limited', provider: 'homebox' } })
    const operation = await other.api(`GET /v1/operations/${first.body.resource}`)
    expect(operation.body.state).toBe('not_sent')
    // Homebox asked to wait for a second.
    await vi.waitFor(async () => expect((await send()).status).toBe(201), { ...PATIENCE, interval: 100 })
    expect(other.simulators.homebox.count('tenants.create')).toBe(1)
  })
})

describe('adding a tenant whose id cannot be read afterwards', () => {
  test.each(['error', 'html', 'hang', 'refused'] as const)('has succeeded all the same (%s)', async fault => {
    arm(fault, 'tenants.list', 5)
    const { status, body } = await add(`list-${fault}`)
    expect([status, body.provider_ids]).toEqual([201, []])
    gateway.simulators.homebox.disarm()
    expect(await tenants()).toMatchObject([{ id: body.id, provider_ids: [expect.any(String)] }])
    expect(effects()).toBe(1)
  })
})

describe('the same request many times at once', () => {
  test('adds the tenant once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => add('at-once')))
    const statuses = answers.map(answer => answer.status)
    expect(statuses.filter(status => status !== 201 && status !== 409)).toEqual([])
    expect(statuses).toContain(201)
    const made = answers.filter(answer => answer.status === 201).map(answer => answer.text)
    expect(new Set(made).size).toBe(1)
    expect(effects()).toBe(1)
  })
})
