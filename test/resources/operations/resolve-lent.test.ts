import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApi } from '#test/api'
import { expectProblem } from '#test/expect-problem'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { mappingsOf } from '#test/lead-traces'
import { placeOrder } from '#test/order-people'
import { invitee } from '#test/orders'
import { voidRequest } from '#test/portfolio'
import { seedKey } from '#test/seed'
import { at, homeboxClient } from '#test/simulator-client'
import { newestOrderId, stepsOf, unknownOrder } from '#test/unknown-orders'

let gateway: TestGateway
let borrower: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  const { key } = await seedKey(gateway)
  borrower = { ...gateway, key, api: createApi(gateway.app, key) }
})
afterAll(() => gateway.close())

const happened = (of: TestGateway, operation: string, provider_id: string) =>
  of.api(`POST /v1/operations/${operation}/resolve`, { body: { outcome: 'happened', provider_id } })

const unresolved = ['unknown', 'planned', 'planned']
const refusal = (answer: Awaited<ReturnType<typeof happened>>) => {
  expect(answer.text).not.toContain('order_')
  return expectProblem(answer, 'validation_failed').errors
}

describe('an account that a connection is lent to', () => {
  test('cannot take up an order of another account by naming its id', async () => {
    const theirs = await unknownOrder(gateway)
    const provider_id = await newestOrderId(gateway)
    expect((await happened(gateway, theirs.operation, provider_id)).status).toBe(200)
    const order = await unknownOrder(borrower)
    const answer = await happened(borrower, order.operation, provider_id)
    expect(refusal(answer)).toMatchObject([{ pointer: '/provider_id', code: 'taken' }])
    expect(await stepsOf(borrower, order.id)).toEqual(unresolved)
    expectProblem(await borrower.api(`GET /v1/orders/${order.id}/tenants`), 'state_conflict')
  })

  test('nor one that no account of ours has', async () => {
    await unknownOrder(gateway)
    const nobodys = await newestOrderId(gateway)
    const order = await unknownOrder(borrower)
    const answer = await happened(borrower, order.operation, nobodys)
    expect(refusal(answer)).toMatchObject([{ pointer: '/provider_id', code: 'not_shown' }])
    expect(await stepsOf(borrower, order.id)).toEqual(unresolved)
  })

  test('takes up its own, and what was to follow goes on', async () => {
    const order = await unknownOrder(borrower)
    const { status } = await happened(borrower, order.operation, await newestOrderId(gateway))
    expect(status).toBe(200)
    expect(await stepsOf(borrower, order.id)).toEqual(['settled_by_person', 'succeeded', 'succeeded'])
  })

  test('takes up an attempt of its own that was carried out late', async () => {
    const order = await unknownOrder(borrower)
    const late = await newestOrderId(gateway)
    gateway.simulators.homebox.arm({ fault: 'cut-before', operation: 'orders.create' })
    const again = { outcome: 'did_not_happen', send_again: true }
    await borrower.api(`POST /v1/operations/${order.operation}/resolve`, { body: again })
    expect((await happened(borrower, order.operation, late)).status).toBe(200)
  })

  test('leaves out an id that nobody can look for', async () => {
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'voids.create' })
    const { body: unknown } = await borrower.api('POST /v1/voids', { body: voidRequest() })
    expect(unknown).toMatchObject({ state: 'unknown', reconcile: 'by_person' })
    const guessed = await happened(borrower, unknown.id, '1')
    expect(refusal(guessed)).toMatchObject([{ pointer: '/provider_id', code: 'not_shown' }])
    const body = { outcome: 'happened' }
    expect((await borrower.api(`POST /v1/operations/${unknown.id}/resolve`, { body })).status).toBe(200)
  })

  test('takes up an invitation below its own order, and none of another order', async () => {
    const { homebox } = gateway.simulators
    const strangers = await placeOrder(gateway, { bill_payers: 1, tenants: [invitee()] })
    const [theirs] = (await gateway.api(`GET ${strangers.path}/invites`)).body.data
    const { id, path } = await placeOrder(borrower, { bill_payers: 1, tenants: [] })
    homebox.arm({ fault: 'answer-lost', operation: 'invites.create' })
    const { first_name, last_name, phone } = invitee()
    const body = { first_name, last_name, phone }
    const { body: unknown } = await borrower.api(`POST ${path}/invites`, { body })
    const [theirId] = (await mappingsOf(gateway, theirs.id)).map(({ provider_id }) => provider_id)
    expect(refusal(await happened(borrower, unknown.id, theirId ?? ''))).toMatchObject([{ code: 'taken' }])
    expect(refusal(await happened(borrower, unknown.id, '77'))).toMatchObject([{ code: 'not_shown' }])
    const listed = await homeboxClient(homebox).get(
      `/api/partner/order/${await newestOrderId(gateway)}/invite`,
    )
    expect((await happened(borrower, unknown.id, String(at(listed.body, 'data', 0, 'id')))).status).toBe(200)
    expect((await borrower.api(`GET /v1/orders/${id}/invites`)).body.data).toHaveLength(1)
  })

  test('is told when the provider cannot be asked, and resolves nothing', async () => {
    const order = await unknownOrder(borrower)
    const provider_id = await newestOrderId(gateway)
    gateway.simulators.homebox.arm({ fault: 'error', operation: 'orders.list', times: 9 })
    expectProblem(await happened(borrower, order.operation, provider_id), 'provider_error')
    gateway.simulators.homebox.disarm()
    expect(await stepsOf(borrower, order.id)).toEqual(unresolved)
  })
})
