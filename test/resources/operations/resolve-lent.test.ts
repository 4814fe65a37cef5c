import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApi } from '#test/api'
import { expectProblem } from '#test/expect-problem'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'
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

/** The operation is as unknown as before, and nothing of the provider's order can be read. */
async function expectTaken(answer: Awaited<ReturnType<typeof happened>>, orderId: string): Promise<void> {
  const problem = expectProblem(answer, 'validation_failed')
  expect(problem.errors).toMatchObject([{ pointer: '/provider_id', code: 'taken' }])
  expect(answer.text).not.toContain('order_')
  expectProblem(await borrower.api(`GET /v1/orders/${orderId}/tenants`), 'state_conflict')
}

describe('an account that a connection is lent to', () => {
  test('cannot take up an order of another account by naming its id', async () => {
    const theirs = await unknownOrder(gateway)
    const provider_id = await newestOrderId(gateway)
    expect((await happened(gateway, theirs.operation, provider_id)).status).toBe(200)
    const order = await unknownOrder(borrower)
    await expectTaken(await happened(borrower, order.operation, provider_id), order.id)
    expect(await stepsOf(borrower, order.id)).toEqual(['unknown', 'planned', 'planned'])
  })
})
