import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder, sentBelow } from '#test/order-people'
import { invitee, payer } from '#test/orders'

let gateway: TestGateway
let order: PlacedOrder
const bob = payer({ first_name: 'Bob' })
beforeAll(async () => {
  gateway = await startTestGateway()
})
beforeEach(async () => {
  order = await placeOrder(gateway, { tenants: [payer(), invitee()] })
})
afterAll(() => gateway.close())

const add = (body: object, query = '') => gateway.api(`POST ${order.path}/tenants${query}`, { body })
const homebox = () => gateway.simulators.homebox

describe('somebody who pays for an order already', () => {
  test.each(['', '?preview=true'])('is not added to it again%s', async query => {
    const jane = payer({ first_name: 'JANE', phone: '+447700900123' })
    expect(
      await sentBelow(gateway, order, async () => {
        const { detail } = expectProblem(await add(jane, query), 'state_conflict')
        expect(detail).toContain(`${order.tenant().id} is the same person`)
      }),
    ).toEqual([])
  })

  test('is not added while nobody knows whether they were', async () => {
    homebox().arm({ fault: 'cut-before', operation: 'tenants.create' })
    expect((await add(bob)).status).toBe(202)
    expectProblem(await add(bob), 'state_conflict')
    expectProblem(await add({ ...bob, bank_account: null }), 'state_conflict')
  })

  test('is who another tenant cannot be changed into', async () => {
    const { body } = await add(bob)
    const path = `${order.path}/tenants/${body.id}` as const
    for (const query of ['', '?preview=true']) {
      const changed = await gateway.api(`PATCH ${path}${query}`, { body: { first_name: 'Jane' } })
      expectProblem(changed, 'state_conflict')
    }
    expect((await gateway.api(`PATCH ${path}`, { body: { first_name: 'BOB' } })).status).toBe(200)
  })
})

describe('somebody who', () => {
  test('was only invited can be added as bill payer', async () => {
    expect((await add(payer(invitee()))).status).toBe(201)
  })

  test('was refused, or taken off again, can be added', async () => {
    homebox().arm({ fault: 'refused', operation: 'tenants.create' })
    expect((await add(bob)).status).toBe(422)
    const { status, body } = await add(bob)
    expect(status).toBe(201)
    await gateway.api(`DELETE ${order.path}/tenants/${body.id}`)
    expect((await add(bob)).status).toBe(201)
  })
})
