import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { eventsOf } from '#test/lead-traces'
import { placeOrder } from '#test/order-people'
import { payer } from '#test/orders'
import { PATIENCE } from '#test/patience'

let time = Date.parse('2026-11-21T12:00:00.000Z')
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => new Date(time) })
})
afterAll(() => gateway.close())

/** Has Homebox read the one way, then, before that answer is here, the other way. */
async function overtake(operation: string, path: string, change: () => void): Promise<void> {
  const { homebox } = gateway.simulators
  const asked = homebox.requests().length
  homebox.arm({ fault: 'slow', operation, ms: 400 })
  const late = gateway.api(`GET /v1/${path}`)
  await vi.waitFor(() => expect(homebox.requests()).toHaveLength(asked + 1), PATIENCE)
  change()
  time += 10
  expect((await gateway.api(`GET /v1/${path}`)).status).toBe(200)
  expect((await late).status).toBe(200)
}

describe('an answer that comes after a newer one', () => {
  test('does not set an order back', async () => {
    const { id, homeboxId } = await placeOrder(gateway)
    const { happen } = gateway.simulators.homebox
    await overtake('orders.get', `orders/${id}?refresh=true`, () =>
      happen.setOrderStatus(Number(homeboxId), { id: 4, text: 'Active' }),
    )
    const { body } = await gateway.api(`GET /v1/orders/${id}`)
    expect(body).toMatchObject({ status: 'active', provider_status: 'Active' })
    const told = (await eventsOf(gateway, id)).map(({ data }) => data['status'])
    expect(told.filter(status => status === 'active')).toHaveLength(1)
    expect(told.at(-1)).toBe('active')
  })

  test('nor a mandate', async () => {
    const order = await placeOrder(gateway, { bill_payers: 1, tenants: [payer()] })
    const tenant = order.tenant()
    const { happen } = gateway.simulators.homebox
    happen.setMandate(Number(tenant.provider_ids[0]), 'rejected')
    await overtake('mandates.get', `orders/${order.id}/tenants/${tenant.id}/mandate`, () =>
      happen.setMandate(Number(tenant.provider_ids[0]), 'cancelled'),
    )
    const told = (await eventsOf(gateway, tenant.id)).map(({ data }) => data['status'])
    expect(told.at(-1)).toBe('cancelled')
    const { body } = await gateway.api(`GET /v1/orders/${order.id}/tenants/${tenant.id}`)
    expect(body.mandate_status).toBe('cancelled')
  })
})
