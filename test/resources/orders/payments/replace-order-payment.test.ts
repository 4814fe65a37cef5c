import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { expectProblem } from '#test/expect-problem'
import { fixture } from '#test/fixture'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder } from '#test/order-people'
import { payer } from '#test/orders'
import { type ScriptedHomebox, startScriptedHomebox } from '#test/scripted-homebox'
import { seedOrder } from '#test/seeded-order'

const body = { payment_method: 'bank_transfer' }

describe('POST /v1/orders/{order_id}/payments/{payment_id}/replace', () => {
  let homebox: ScriptedHomebox
  let id: string
  beforeAll(async () => {
    homebox = await startScriptedHomebox()
    id = await seedOrder(homebox.gateway, { providerId: '31' })
  })
  beforeEach(() => homebox.answers({ body: fixture('homebox', 'payments.replace.ok') }))
  afterAll(() => homebox.close())

  const replace = (request: object = {}, query = '') =>
    homebox.gateway.api(`POST /v1/orders/${id}/payments/81/replace${query}`, { body, ...request })

  test('sends the documented request once, and tells the payment that was made', async () => {
    const answer = await replace()
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      id: '82',
      object: 'payment',
      mode: 'test',
      provider: 'homebox',
      amount: { amount: 29000, currency: 'GBP' },
      status: 'pending',
      provider_status: 'pending',
      method: 'bank_transfer',
      attempt: 1,
      previous_attempt_id: '81',
      next_attempt_id: null,
      payer: { first_name: 'John', last_name: 'Doe', email: 'john.doe@example.test' },
      paid_at: null,
      created_at: '2021-06-20T13:57:22.000Z',
    })
    expect(homebox.requests.map(({ line }) => line)).toEqual([
      'POST /api/partner/order/31/payments/81/replace',
    ])
    expect(JSON.parse(String(homebox.requests[0]?.body))).toEqual({ payment_method: 'bank-transfer' })
  })

  test('answers a key the same again, and sends nothing more', async () => {
    const headers = { 'idempotency-key': 'replace-81' }
    const first = await replace({ headers })
    const again = await replace({ headers })
    expect(again.text).toBe(first.text)
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(homebox.requests).toHaveLength(1)
  })

  test('previews what would be sent', async () => {
    const { status, body: preview } = await replace({}, '?preview=true')
    expect(status).toBe(200)
    const path = '/api/partner/order/31/payments/81/replace'
    const request = { provider: 'homebox', method: 'POST', path, body: { payment_method: 'bank-transfer' } }
    expect(preview).toEqual({ object: 'preview', requests: [request], side_effects: [], missing: [] })
    expect(homebox.requests).toEqual([])
  })

  test('tells a refusal in our words, and the operation that was refused', async () => {
    const errors = { payment_method: ['The payment method is not available.'] }
    homebox.answers({ status: 422, body: { message: 'The given data was invalid.', errors } })
    const problem = expectProblem(await replace(), 'provider_rejected')
    expect(problem.errors).toEqual([
      { pointer: '/payment_method', code: 'rejected', message: 'The payment method is not available.' },
    ])
    expect(problem.resource).toMatch(/^operation_/)
  })

  test.each([
    ['another method', { payment_method: 'card' }, '/payment_method'],
    ['no method', {}, '/payment_method'],
    ['another field', { ...body, amount: 1 }, '/amount'],
  ])('is 422 with %s, and asks nobody', async (_name, wrong, pointer) => {
    const { errors } = expectProblem(await replace({ body: wrong }), 'validation_failed')
    expect(errors).toMatchObject([{ pointer }])
    expect(homebox.requests).toEqual([])
  })
})

describe('a replacement whose answer is lost', () => {
  let gateway: TestGateway
  let order: PlacedOrder
  let path: `/v1/orders/${string}`
  beforeAll(async () => {
    gateway = await startTestGateway()
    order = await placeOrder(gateway, { tenants: [payer()] })
    const { body: list } = await gateway.api(`GET ${order.path}/payments`)
    path = `${order.path}/payments/${list.data[0].id}/replace`
  })
  afterAll(() => gateway.close())

  test('is 202, never sent again, and found among the payments when somebody looks', async () => {
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'payments.replace' })
    const headers = { 'idempotency-key': 'lost' }
    const lost = await gateway.api(`POST ${path}`, { body, headers })
    expect(lost.status).toBe(202)
    expect(lost.body).toMatchObject({ operation: 'payments.replace', state: 'unknown', reconcile: 'by_scan' })
    expect((await gateway.api(`POST ${path}`, { body, headers })).text).toBe(lost.text)
    expect(gateway.simulators.homebox.count('payments.replace')).toBe(1)

    const location = z.string().startsWith('/').parse(lost.headers['location'])
    const found = await gateway.api(`GET /${location.slice(1)}?refresh=true`)
    const { body: list } = await gateway.api(`GET ${order.path}/payments`)
    expect(found.body).toMatchObject({ state: 'succeeded', provider_ids: [list.data[1].id] })
    expect(found.body.resource).toBe(order.id)
    expect(list.data).toMatchObject([{ status: 'cancelled' }, { status: 'pending', method: 'bank_transfer' }])
  })

  test('is among the operations and the calls of its order', async () => {
    const { body: operations } = await gateway.api(`GET /v1/operations?resource=${order.id}`)
    expect(operations.data.map((one: { operation: string }) => one.operation)).toEqual([
      'payments.replace',
      'tenants.create',
      'orders.create',
    ])
    await gateway.services.callLog.flush()
    const { body: calls } = await gateway.api(`GET /v1/provider-calls?resource=${order.id}`)
    expect(calls.data.map((one: { operation: string }) => one.operation)).toContain('payments.replace')
  })
})
