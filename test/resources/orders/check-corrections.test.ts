import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder } from '#test/order-people'
import { invitee, payer } from '#test/orders'

let gateway: TestGateway
let order: PlacedOrder
const bob = payer({ first_name: 'Bob', email: 'b@example.com', phone: '07700 900789' })
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => new Date('2026-11-21T12:00:00Z') })
})
beforeEach(async () => {
  gateway.simulators.homebox.arm({ fault: 'refused', operation: 'tenants.create' })
  order = await placeOrder(gateway, { bill_payers: 4, tenants: [payer(), bob, invitee()] })
})
afterAll(() => gateway.close())

const retry = (body: object) => gateway.api(`POST ${order.path}/retry`, { body })
const correct = (tenant: object) => ({ steps: [{ step: 2, tenant }] })

describe('a tenant who is corrected before an order goes on', () => {
  test.each([
    [
      'is not born yet',
      correct(payer({ date_of_birth: '2026-11-21' })),
      { pointer: '/steps/0/tenant/date_of_birth', code: 'out_of_range' },
    ],
    ['is another one of the order', correct(bob), { pointer: '/steps/0/tenant', code: 'duplicate' }],
  ])('is refused when he %s, and nothing is sent', async (_name, body, error) => {
    const before = gateway.simulators.homebox.requests().length
    const { status, body: problem } = await retry(body)
    expect([status, problem.errors]).toEqual([422, [expect.objectContaining(error)]])
    expect(gateway.simulators.homebox.requests()).toHaveLength(before)
    expect((await retry(correct(payer()))).body.status).toBe('pending')
  })

  test('may take the place of one who is left out', async () => {
    const { status, body } = await retry({ ...correct(bob), skip: [3] })
    expect([status, body.status]).toEqual([200, 'pending'])
    expect(expectProblem(await retry(correct(bob)), 'validation_failed').errors).toMatchObject([
      { pointer: '/steps/0/step', code: 'not_allowed' },
    ])
  })
})
