import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { newestOrderId, stepsOf, unknownOrder } from '#test/unknown-orders'
import { uuidOf } from '#values/ids'
import { PATIENCE } from '#test/patience'

let gateway: TestGateway
let now = new Date('2026-11-21T12:00:00.000Z')
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now, environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
afterAll(() => gateway.close())

const resolve = (operation: string, body: object, key?: string) =>
  gateway.api(`POST /v1/operations/${operation}/resolve`, {
    body,
    headers: key === undefined ? {} : { 'idempotency-key': key },
  })
const applied = (operation: string) => gateway.simulators.homebox.count(operation)
const again = { outcome: 'did_not_happen', send_again: true }

/** The row as it is while its sender is silent: being sent, with a lease that is over. */
async function leaveSending(operation: string): Promise<void> {
  await gateway.services.database.sql.query(
    `UPDATE operations SET state = 'sending', lease_until = $2, error = NULL WHERE id = $1`,
    [uuidOf('operation', operation), new Date(now.getTime() - 1)],
  )
}

describe('people who resolve at once', () => {
  test('and say the same get the same operation, and it is sent again once', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    const before = applied('orders.create')
    const answers = await Promise.all(Array.from({ length: 6 }, () => resolve(order.operation, again)))
    for (const { status } of answers) expect([200, 202]).toContain(status)
    expect(applied('orders.create') - before).toBe(1)
    expect((await resolve(order.operation, again)).body).toMatchObject({ state: 'succeeded', attempts: 2 })
  })

  test('and say otherwise: one of them wins, and the others are told so', async () => {
    const order = await unknownOrder(gateway)
    const words = [
      { outcome: 'did_not_happen' },
      { outcome: 'happened', provider_id: await newestOrderId(gateway) },
    ]
    const answers = await Promise.all([...words, ...words].map(word => resolve(order.operation, word)))
    const won = answers.filter(({ status }) => status === 200)
    expect(won).toHaveLength(2)
    expect(won[0]?.body).toEqual(won[1]?.body)
    for (const lost of answers.filter(({ status }) => status !== 200)) expectProblem(lost, 'state_conflict')
  })

  test('and say of two orders that they are the same one there: it becomes one of them', async () => {
    const orders = [await unknownOrder(gateway), await unknownOrder(gateway)]
    const word = { outcome: 'happened', provider_id: await newestOrderId(gateway) }
    const answers = await Promise.all(orders.map(({ operation }) => resolve(operation, word)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422])
    const steps = await Promise.all(orders.map(({ id }) => stepsOf(gateway, id)))
    expect(steps.filter(([first]) => first === 'unknown')).toHaveLength(1)
  })

  test('and say that it happened: the next step is sent once', async () => {
    const order = await unknownOrder(gateway)
    const word = { outcome: 'happened', provider_id: await newestOrderId(gateway) }
    const before = applied('tenants.create')
    const answers = await Promise.all(Array.from({ length: 4 }, () => resolve(order.operation, word)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(await stepsOf(gateway, order.id)).toEqual(['settled_by_person', 'succeeded', 'succeeded'])
    expect(applied('tenants.create') - before).toBe(2)
  })
})

describe('an operation whose sender has gone silent', () => {
  test('can be resolved before anybody has noticed', async () => {
    const order = await unknownOrder(gateway)
    await leaveSending(order.operation)
    const provider_id = await newestOrderId(gateway)
    const { status, body } = await resolve(order.operation, { outcome: 'happened', provider_id })
    expect([status, body.state]).toEqual([200, 'settled_by_person'])
  })

  test('is noticed and resolved at once without either getting in the way', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    const before = applied('orders.create')
    await leaveSending(order.operation)
    const { journal } = gateway.services
    const [{ status }] = await Promise.all([
      resolve(order.operation, again),
      journal.recover(),
      journal.recover(),
    ])
    expect(status).toBe(200)
    expect(applied('orders.create') - before).toBe(1)
  })

  test('is not resolved while its sender may still be at work', async () => {
    const order = await unknownOrder(gateway)
    await leaveSending(order.operation)
    now = new Date(now.getTime() - 2)
    const answer = await resolve(order.operation, { outcome: 'did_not_happen' })
    expect(expectProblem(answer, 'state_conflict').detail).toContain('sending')
  })
})

describe('resolving under an Idempotency-Key', () => {
  test('is answered byte for byte the second time, and sends nothing more', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    const first = await resolve(order.operation, again, 'resolve-1')
    const before = gateway.simulators.homebox.requests().length
    const second = await resolve(order.operation, again, 'resolve-1')
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(gateway.simulators.homebox.requests()).toHaveLength(before)
  })

  test('is a conflict while the first request with the key is still sending', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    gateway.simulators.homebox.arm({ fault: 'hang', operation: 'orders.create' })
    const first = resolve(order.operation, again, 'resolve-6')
    await expect.poll(() => stepsOf(gateway, order.id), PATIENCE).toEqual(['sending', 'planned', 'planned'])
    expectProblem(await resolve(order.operation, again, 'resolve-6'), 'idempotency_conflict')
    expect((await first).status).toBe(202)
  })

  test('sends a third time only under another key', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    gateway.simulators.homebox.arm({ fault: 'cut-before', operation: 'orders.create' })
    const first = await resolve(order.operation, again, 'resolve-2')
    const replayed = await resolve(order.operation, again, 'resolve-2')
    expect([first.status, replayed.status, replayed.text]).toEqual([202, 202, first.text])
    expect((await resolve(order.operation, again, 'resolve-3')).body).toMatchObject({ attempts: 3 })
  })

  test('does not use the key up when it is refused', async () => {
    const order = await unknownOrder(gateway)
    expectProblem(await resolve(order.operation, { outcome: 'happened' }, 'resolve-4'), 'validation_failed')
    const provider_id = await newestOrderId(gateway)
    expect((await resolve(order.operation, { outcome: 'happened', provider_id }, 'resolve-4')).status).toBe(
      200,
    )
  })

  test('is answered from the operation when the process died while sending again', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    gateway.simulators.homebox.arm({ fault: 'hang', operation: 'orders.create' })
    expect((await resolve(order.operation, again, 'resolve-5')).status).toBe(202)
    await gateway.services.database.sql.query(
      `UPDATE idempotency_records SET state = 'running', status = NULL, body = NULL WHERE key = 'resolve-5'`,
    )
    await leaveSending(order.operation)
    const before = gateway.simulators.homebox.requests().length
    const retried = await resolve(order.operation, again, 'resolve-5')
    expect([retried.status, retried.body.state]).toEqual([202, 'unknown'])
    expect(gateway.simulators.homebox.requests()).toHaveLength(before)
  })
})
