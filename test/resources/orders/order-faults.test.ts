import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FaultName } from '#simulators/core/faults'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { homeboxOffer, payer } from '#test/orders'

let gateway: TestGateway
let offer_id: string
beforeEach(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '2000' } })
  offer_id = await homeboxOffer(gateway.api)
})
afterEach(() => gateway.close())

const order = (body: Record<string, unknown> = {}, key = 'order-1') =>
  gateway.api('POST /v1/orders', {
    body: { offer_id, bill_payers: 1, ...body },
    headers: { 'idempotency-key': key },
  })
const received = (path: string) =>
  gateway.simulators.homebox
    .requests()
    .filter(request => request.method === 'POST' && request.path.endsWith(path)).length
const arm = (fault: FaultName, operation = 'orders.create', times = 1) =>
  gateway.simulators.homebox.arm({ fault, operation, times })

describe('an order whose answer is no proof', () => {
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
  ] as const)('is unknown after %s, and is never sent again', async fault => {
    arm(fault)
    const first = await order()
    expect(first.status).toBe(202)
    expect(first.body).toMatchObject({
      status: 'unknown',
      steps: [{ operation: 'orders.create', state: 'unknown' }],
    })
    const again = await order()
    expect(again.text).toBe(first.text)
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(received('/order')).toBe(1)
    expect(gateway.simulators.homebox.count('orders.create')).toBeLessThanOrEqual(1)
    expect((await gateway.api(`POST /v1/orders/${first.body.id}/retry`)).body.code).toBe('state_conflict')
  })
})

describe('an order that the provider refuses', () => {
  test('is answered as the problem, stays listed as failed, and is remembered', async () => {
    arm('refused')
    const first = await order()
    expect(first.status).toBe(422)
    expect(first.headers['content-type']).toContain('application/problem+json')
    expect(first.body).toMatchObject({
      code: 'provider_rejected',
      provider: 'homebox',
      provider_status: 422,
      retryable: false,
    })
    const listed = (await gateway.api('GET /v1/orders?status=failed')).body.data
    expect(listed.map((one: { id: string }) => one.id)).toEqual([first.body.resource])
    const again = await order()
    expect([again.text, again.headers['idempotent-replayed']]).toEqual([first.text, 'true'])
    expect(received('/order')).toBe(1)
  })

  test.each([
    ['unauthorized', 502, 'provider_auth_failed'],
    ['rate-limited', 429, 'rate_limited'],
  ] as const)('for a reason that lies with us (%s) frees the key', async (fault, status, code) => {
    arm(fault, 'orders.create', 4)
    expect(await order()).toMatchObject({ status, body: { code } })
    expect((await order()).headers['idempotent-replayed']).toBeUndefined()
  })

  test('for our credentials goes through once they are right, with one effect', async () => {
    arm('unauthorized')
    await order()
    expect((await order()).status).toBe(201)
    expect(gateway.simulators.homebox.count('orders.create')).toBe(1)
  })
})

describe('an order that cannot be sent', () => {
  test('fails, frees the key and goes through on a retry with one effect', async () => {
    const { homebox } = gateway.simulators
    await homebox.stop()
    const first = await order()
    expect(first).toMatchObject({ status: 503, body: { code: 'provider_unavailable', retryable: true } })
    const { body } = await gateway.api(`GET /v1/orders/${first.body.resource}`)
    expect(body).toMatchObject({ status: 'failed', steps: [{ state: 'not_sent' }] })
  })
})

describe('a later step that fails', () => {
  test('leaves order and earlier steps in place and asks for a correction', async () => {
    arm('refused', 'tenants.create')
    const { status, body } = await order({
      bill_payers: 2,
      tenants: [payer(), payer({ email: 'b@example.com', phone: '07700 900789' })],
    })
    expect(status).toBe(201)
    expect(body.status).toBe('action_required')
    expect(body.steps.map((step: { state: string }) => step.state)).toEqual([
      'succeeded',
      'refused',
      'planned',
    ])
    const bare = await gateway.api(`POST /v1/orders/${body.id}/retry`)
    expect(bare).toMatchObject({
      status: 409,
      body: { code: 'state_conflict', errors: [{ pointer: '/steps', code: 'correction_required' }] },
    })
    const retried = await gateway.api(`POST /v1/orders/${body.id}/retry`, {
      body: { steps: [{ step: 2, tenant: payer({ first_name: 'Janet' }) }] },
    })
    expect(retried.body).toMatchObject({ status: 'pending', tenants: [{ first_name: 'Janet' }, {}] })
    expect(gateway.simulators.homebox.count('orders.create')).toBe(1)
    expect(gateway.simulators.homebox.effects('tenants.create').map(effect => effect.body)).toMatchObject([
      { first_name: 'Janet' },
      { email: 'b@example.com' },
    ])
  })

  test('can be left out, and the rest goes on', async () => {
    arm('refused', 'tenants.create')
    const { body } = await order({
      bill_payers: 2,
      tenants: [payer(), payer({ email: 'b@example.com', phone: '07700 900789' })],
    })
    const { status, body: after } = await gateway.api(`POST /v1/orders/${body.id}/retry`, {
      body: { skip: [2] },
    })
    expect(status).toBe(200)
    expect(after.steps.map((step: { state: string }) => step.state)).toEqual([
      'succeeded',
      'refused',
      'succeeded',
    ])
    expect(after.status).toBe('pending')
  })

  test('whose answer is lost makes the order unknown, and nothing after it is sent', async () => {
    arm('answer-lost', 'tenants.create')
    const { status, body } = await order({
      bill_payers: 2,
      tenants: [payer(), payer({ email: 'b@example.com', phone: '07700 900789' })],
    })
    expect(status).toBe(202)
    expect(body.steps.map((step: { state: string }) => step.state)).toEqual([
      'succeeded',
      'unknown',
      'planned',
    ])
    expect(gateway.simulators.homebox.count('tenants.create')).toBe(1)
  })
})
