import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder } from '#test/order-people'
import { payer } from '#test/orders'
import { PATIENCE } from '#test/patience'

let gateway: TestGateway
let order: PlacedOrder
let before: number
beforeAll(async () => {
  gateway = await startTestGateway()
})
beforeEach(async () => {
  gateway.simulators.homebox.disarm()
  order = await placeOrder(gateway)
  before = gateway.simulators.homebox.count('tenants.create')
})
afterAll(() => gateway.close())

const add = (key: string) =>
  gateway.api(`POST ${order.path}/tenants`, { body: payer(), headers: { 'idempotency-key': key } })
const resolve = (id: string, body: unknown) => gateway.api(`POST /v1/operations/${id}/resolve`, { body })
const arm = (fault: 'error' | 'answer-lost', operation: string) =>
  gateway.simulators.homebox.arm({ fault, operation })
const read = (tenantId: string) => gateway.api(`GET ${order.path}/tenants/${tenantId}`)
const effects = () => gateway.simulators.homebox.count('tenants.create') - before

describe('what a person found out of a tenant whose adding nobody knew the outcome of', () => {
  test('that it happened: the tenant is there, with the id that they name', async () => {
    arm('answer-lost', 'tenants.create')
    const { body } = await add('happened')
    await resolve(body.id, { outcome: 'happened', provider_id: '4711' })
    expect((await read(body.resource)).body.provider_ids).toEqual(['4711'])
    expect((await add('happened')).body).toEqual(body)
  })

  test('that it did not: the tenant is gone', async () => {
    arm('error', 'tenants.create')
    const { body } = await add('did-not')
    await resolve(body.id, { outcome: 'did_not_happen' })
    expect((await read(body.resource)).status).toBe(404)
    expect((await gateway.api(`GET ${order.path}/tenants`)).body.data).toEqual([])
  })

  test('that it did not, and sends it again: the tenant is there, once', async () => {
    arm('error', 'tenants.create')
    const { body } = await add('again')
    const { body: sent } = await resolve(body.id, { outcome: 'did_not_happen', send_again: true })
    expect(sent).toMatchObject({ id: body.id, state: 'succeeded', attempts: 2 })
    const { body: listed } = await gateway.api(`GET ${order.path}/tenants`)
    expect(listed.data).toMatchObject([{ id: body.resource, provider_ids: [expect.any(String)] }])
    expect(effects()).toBe(1)
  })
})

describe('what a person found out of a removal', () => {
  test.each([
    ['happened', 404],
    ['did_not_happen', 200],
  ] as const)('that it %s', async (outcome, status) => {
    const { body: jane } = await add(outcome)
    arm('answer-lost', 'tenants.delete')
    const { body } = await gateway.api(`DELETE ${order.path}/tenants/${jane.id}`)
    await resolve(body.id, { outcome })
    expect((await read(jane.id)).status).toBe(status)
  })
})

describe('a process that another one has given up', () => {
  async function later() {
    const { database, key } = gateway
    // With a key of its own it would take that of the first one away.
    const other = await startTestGateway({
      database,
      environment: { BILLBRIDGE_API_KEY: key },
      now: () => new Date(Date.now() + 60_000),
    })
    onTestFinished(() => other.close())
    return other
  }
  const arrived = (method: string) =>
    vi.waitFor(
      () =>
        expect(
          gateway.simulators.homebox
            .requests()
            .some(
              request =>
                request.method === method && request.path.includes(`/order/${order.homeboxId}/tenant`),
            ),
        ).toBe(true),
      PATIENCE,
    )

  test('answers what the other has made of it, and remembers that', async () => {
    const other = await later()
    gateway.simulators.homebox.arm({ fault: 'slow', operation: 'tenants.create', ms: 2_000 })
    const answer = add('given-up')
    await arrived('POST')
    expect(await other.services.journal.recover()).toBe(1)
    const { status, text, body } = await answer
    expect([status, body.state]).toEqual([202, 'unknown'])
    expect((await add('given-up')).text).toBe(text)
    expect(effects()).toBe(1)
  })

  test('answers so to a change as well, and changes nothing', async () => {
    const other = await later()
    const { body: jane } = await add('given-up-change')
    gateway.simulators.homebox.arm({ fault: 'slow', operation: 'tenants.update', ms: 2_000 })
    const answer = gateway.api(`PATCH ${order.path}/tenants/${jane.id}`, { body: { first_name: 'Joan' } })
    await arrived('PATCH')
    expect(await other.services.journal.recover()).toBe(1)
    expect(await answer).toMatchObject({
      status: 202,
      body: { operation: 'tenants.update', state: 'unknown' },
    })
    expect((await read(jane.id)).body).toEqual(jane)
  })
})
