import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sweep } from '#jobs/sweep'
import { expectProblem } from '#test/expect-problem'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { eventsOf, mappingsOf } from '#test/lead-traces'
import { newestOrderId, stepsOf, unknownOrder } from '#test/unknown-orders'
import { uuidOf } from '#values/ids'

let gateway: TestGateway
let now = new Date('2026-11-21T12:00:00.000Z')
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

const resolve = (operation: string, body: object, headers: Record<string, string> = {}) =>
  gateway.api(`POST /v1/operations/${operation}/resolve`, { body, headers })
const applied = (operation: string) => gateway.simulators.homebox.count(operation)
const eventTypesOf = async (id: string) =>
  (await eventsOf(gateway, id)).map(({ type, data }) => [type, data['state']])

describe('an order that was made after all', () => {
  test('is taken up by its id there, and what was to follow goes on once', async () => {
    const before = applied('tenants.create')
    const order = await unknownOrder(gateway)
    const provider_id = await newestOrderId(gateway)
    const { status, body } = await resolve(order.operation, { outcome: 'happened', provider_id })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: order.operation,
      resource: order.id,
      state: 'settled_by_person',
      provider_ids: [provider_id],
      attempts: 1,
      settled_at: now.toISOString(),
    })
    expect(await mappingsOf(gateway, order.id)).toMatchObject([{ provider_resource: 'order', provider_id }])
    expect(await stepsOf(gateway, order.id)).toEqual(['settled_by_person', 'succeeded', 'succeeded'])
    expect((await gateway.api(`GET /v1/orders/${order.id}`)).body.status).toBe('pending')
    expect(applied('tenants.create') - before).toBe(2)
  })

  test('is told of: unknown, then settled', async () => {
    const order = await unknownOrder(gateway)
    await resolve(order.operation, { outcome: 'happened', provider_id: await newestOrderId(gateway) })
    const [unknown, settled] = await eventsOf(gateway, order.operation)
    expect(unknown).toMatchObject({ type: 'operation.unknown', seq: 1, data: { state: 'unknown' } })
    expect(settled).toMatchObject({
      type: 'operation.settled',
      seq: 2,
      data: { id: order.operation, resource: order.id, state: 'settled_by_person', outcome: 'happened' },
    })
  })

  test('answers the same word again with the same operation, and sends nothing more', async () => {
    const order = await unknownOrder(gateway)
    const word = { outcome: 'happened', provider_id: await newestOrderId(gateway) }
    const first = await resolve(order.operation, word)
    const before = gateway.simulators.homebox.requests().length
    const again = await resolve(order.operation, { ...word, note: 'looked once more' })
    expect([again.status, again.body]).toEqual([200, first.body])
    expect(gateway.simulators.homebox.requests()).toHaveLength(before)
  })

  test('is not said to be another one afterwards, or not to have happened', async () => {
    const order = await unknownOrder(gateway)
    await resolve(order.operation, { outcome: 'happened', provider_id: await newestOrderId(gateway) })
    const other = await resolve(order.operation, { outcome: 'happened', provider_id: '99999' })
    expect(expectProblem(other, 'state_conflict').detail).toContain('settled_by_person')
    expectProblem(await resolve(order.operation, { outcome: 'did_not_happen' }), 'state_conflict')
  })

  test('needs its id where something is still to be done below it', async () => {
    const order = await unknownOrder(gateway)
    const problem = expectProblem(
      await resolve(order.operation, { outcome: 'happened' }),
      'validation_failed',
    )
    expect(problem.errors).toMatchObject([{ pointer: '/provider_id', code: 'required' }])
    expect(await stepsOf(gateway, order.id)).toEqual(['unknown', 'planned', 'planned'])
  })

  test('cannot be one that belongs to another order of ours', async () => {
    const first = await unknownOrder(gateway)
    const provider_id = await newestOrderId(gateway)
    await resolve(first.operation, { outcome: 'happened', provider_id })
    const second = await unknownOrder(gateway)
    const answer = await resolve(second.operation, { outcome: 'happened', provider_id })
    expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([
      { pointer: '/provider_id', code: 'taken' },
    ])
    expect(await stepsOf(gateway, second.id)).toEqual(['unknown', 'planned', 'planned'])
  })
})

describe('a later step that was carried out after all', () => {
  test('needs no id, and the next one follows', async () => {
    const order = await unknownOrder(gateway, { step: 'tenants.create' })
    const before = applied('tenants.create')
    const { status } = await resolve(order.operation, { outcome: 'happened' })
    expect(status).toBe(200)
    expect(await stepsOf(gateway, order.id)).toEqual(['succeeded', 'settled_by_person', 'succeeded'])
    expect(applied('tenants.create') - before).toBe(1)
  })
})

describe('an order that was not made', () => {
  test('is settled, and nothing that was to follow is sent', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    const before = gateway.simulators.homebox.requests().length
    const { status, body } = await resolve(order.operation, { outcome: 'did_not_happen' })
    expect([status, body.state, body.provider_ids]).toEqual([200, 'settled_by_person', []])
    expect(await stepsOf(gateway, order.id)).toEqual(['settled_by_person', 'planned', 'planned'])
    expect((await gateway.api(`GET /v1/orders/${order.id}`)).body.status).toBe('failed')
    expect(gateway.simulators.homebox.requests()).toHaveLength(before)
  })

  test('is sent again under a new reference, and what was to follow goes on', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    const before = applied('orders.create')
    const { status, body } = await resolve(order.operation, { outcome: 'did_not_happen', send_again: true })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: order.operation,
      state: 'succeeded',
      reference: `${order.id}-2`,
      provider_ids: [await newestOrderId(gateway)],
      attempts: 2,
    })
    const sent = gateway.simulators.homebox.effects('orders.create').at(-1)
    expect(sent?.body).toMatchObject({ reference: `${order.id}-2` })
    expect(await stepsOf(gateway, order.id)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(applied('orders.create') - before).toBe(1)
  })

  test('is told of as settled before it is sent again', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    await resolve(order.operation, { outcome: 'did_not_happen', send_again: true })
    expect(await eventTypesOf(order.operation)).toEqual([
      ['operation.unknown', 'unknown'],
      ['operation.settled', 'sending'],
    ])
  })

  test('can become unknown again, is answered 202 and carries the next reference the next time', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    gateway.simulators.homebox.arm({ fault: 'cut-before', operation: 'orders.create' })
    const word = { outcome: 'did_not_happen', send_again: true }
    const second = await resolve(order.operation, word)
    expect(second.status).toBe(202)
    expect(second.headers['location']).toBe(`/v1/operations/${order.operation}`)
    expect(second.body).toMatchObject({ state: 'unknown', reference: `${order.id}-2`, attempts: 2 })
    const third = await resolve(order.operation, word)
    expect(third.body).toMatchObject({ state: 'succeeded', reference: `${order.id}-3`, attempts: 3 })
  })

  test('is answered with the refusal when it is refused the second time', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    gateway.simulators.homebox.arm({ fault: 'refused', operation: 'orders.create' })
    const { status, body } = await resolve(order.operation, { outcome: 'did_not_happen', send_again: true })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      state: 'refused',
      error: { code: 'provider_rejected', provider_status: 422 },
    })
    expect((await gateway.api(`GET /v1/orders/${order.id}`)).body.status).toBe('failed')
  })

  test('is sent once when the same word is given twice', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    const word = { outcome: 'did_not_happen', send_again: true }
    const before = applied('orders.create')
    const first = await resolve(order.operation, word)
    expect((await resolve(order.operation, word)).body).toEqual(first.body)
    expect(applied('orders.create') - before).toBe(1)
  })

  test('cannot be sent again once its input is wiped, but can be settled', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    now = new Date(now.getTime() + 73 * 3_600_000)
    await sweep(gateway.services.database.sql, now)
    const again = await resolve(order.operation, { outcome: 'did_not_happen', send_again: true })
    expect(expectProblem(again, 'state_conflict').detail).toContain('not kept any more')
    expect((await resolve(order.operation, { outcome: 'did_not_happen' })).status).toBe(200)
  })
})

describe('an operation that nobody has doubts about', () => {
  test('is not resolved', async () => {
    const order = await unknownOrder(gateway, { step: 'tenants.create' })
    const { body } = await gateway.api(`GET /v1/orders/${order.id}`)
    const [made, , planned] = body.steps
    for (const step of [made, planned]) {
      const answer = await resolve(step.operation_id, { outcome: 'did_not_happen' })
      expect(expectProblem(answer, 'state_conflict').detail).toContain(step.state)
    }
  })
})

describe('what is said', () => {
  test('stands in the audit log with who said it and their note', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    await resolve(order.operation, { outcome: 'did_not_happen', note: 'Asked Homebox by phone.' })
    const { rows } = await gateway.services.database.sql.query(
      'SELECT action, actor_key_id IS NOT NULL AS by_key, request_id, data FROM audit_entries WHERE resource_id = $1',
      [uuidOf('operation', order.operation)],
    )
    expect(rows).toEqual([
      {
        action: 'operations.resolved',
        by_key: true,
        request_id: expect.stringMatching(/^req_/),
        data: {
          operation: 'orders.create',
          provider: 'homebox',
          resource: order.id,
          outcome: 'did_not_happen',
          provider_id: null,
          send_again: false,
          note: 'Asked Homebox by phone.',
        },
      },
    ])
  })

  test.each([
    [{ outcome: 'happened', send_again: true }, '/send_again', 'conflicting'],
    [{ outcome: 'did_not_happen', provider_id: '1' }, '/provider_id', 'conflicting'],
    [{ outcome: 'perhaps' }, '/outcome', 'invalid_value'],
    [{ outcome: 'happened', because: 'x' }, '/because', 'unknown_field'],
    [{ outcome: 'happened', provider_id: 'a\u0000b' }, '/provider_id', 'invalid_characters'],
    [{ outcome: 'happened', note: 'x'.repeat(1001) }, '/note', 'too_big'],
  ])('must make sense: %o', async (body, pointer, code) => {
    const answer = await resolve('operation_01kb2z6x9ve8vs2m0g5a7d3c1r', body)
    expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
  })

  test('must be of an operation that exists', async () => {
    const answer = await resolve('operation_01kb2z6x9ve8vs2m0g5a7d3c1r', { outcome: 'happened' })
    expectProblem(answer, 'not_found')
  })
})
