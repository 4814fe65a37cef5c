import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FaultName } from '#simulators/core/faults'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { createStandingClock, lookAtDue, lookUntilProven } from '#test/looking'
import { type PlacedOrder, placeOrder } from '#test/order-people'
import { homeboxOffer, invitee, payer } from '#test/orders'

let clock: ReturnType<typeof createStandingClock>
let gateway: TestGateway
beforeEach(async () => {
  clock = createStandingClock()
  gateway = await startTestGateway({ now: clock.now, environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
afterEach(() => gateway.close())

const arm = (fault: FaultName, operation: string) => gateway.simulators.homebox.arm({ fault, operation })
const operation = async (id: string) => (await gateway.api(`GET /v1/operations/${id}`)).body
const count = (name: string) => gateway.simulators.homebox.count(name)

async function firstLook(): Promise<void> {
  clock.pass(5_000)
  await lookAtDue(gateway)
}
/** An order whose given step's answer is lost. */
async function orderLosing(step: string, fault: FaultName, tenants: readonly object[]) {
  const offer_id = await homeboxOffer(gateway.api)
  arm(fault, step)
  return (await gateway.api('POST /v1/orders', { body: { offer_id, bill_payers: 2, tenants } })).body
}
const show = async (id: string) => (await gateway.api(`GET /v1/orders/${id}`)).body
const states = (order: { steps: { state: string }[] }) => order.steps.map(({ state }) => state)
const two = [payer(), invitee()]

describe('a step of an order whose answer was lost', () => {
  test.each([
    ['tenants.create', ['succeeded', 'unknown', 'planned']],
    ['invites.create', ['succeeded', 'succeeded', 'unknown']],
  ])('is found when %s was done, and the rest goes on', async (step, before) => {
    const order = await orderLosing(step, 'answer-lost', two)
    expect(states(order)).toEqual(before)
    await firstLook()
    const found = await show(order.id)
    expect([found.status, states(found)]).toEqual(['pending', ['succeeded', 'succeeded', 'succeeded']])
    expect([count('tenants.create'), count('invites.create')]).toEqual([1, 1])
    expect(found.tenants[0].provider_ids).toEqual([expect.any(String)])
  })

  test('is not done when the provider does not list the person, and can be sent again', async () => {
    const order = await orderLosing('tenants.create', 'cut-before', two)
    await lookUntilProven(gateway, clock)
    const failed = await show(order.id)
    expect([failed.status, states(failed)]).toEqual(['action_required', ['succeeded', 'not_sent', 'planned']])
    const { body } = await gateway.api(`POST /v1/orders/${order.id}/retry`)
    expect([body.status, count('tenants.create'), count('invites.create')]).toEqual(['pending', 1, 1])
  })

  test('is known where the invitation has been read before anybody looked for it', async () => {
    const order = await orderLosing('invites.create', 'answer-lost', two)
    const { body: listed } = await gateway.api(`GET /v1/orders/${order.id}/invites`)
    expect(listed.data).toHaveLength(1)
    await firstLook()
    expect(states(await show(order.id))).toEqual(['succeeded', 'succeeded', 'succeeded'])
  })

  test('is known where the person has signed up by then', async () => {
    const order = await orderLosing('invites.create', 'answer-lost', two)
    const { body: listed } = await gateway.api(`GET /v1/orders/${order.id}/invites`)
    const [invitation] = listed.data[0].provider_ids
    gateway.simulators.homebox.happen.signUp(Number(invitation), 'john@example.com')
    await firstLook()
    expect(states(await show(order.id))).toEqual(['succeeded', 'succeeded', 'succeeded'])
  })

  test('is left to a person where two people of the order have one e-mail address', async () => {
    const tenants = [payer(), payer({ first_name: 'Joan', phone: '07700 900789' })]
    const order = await orderLosing('tenants.create', 'answer-lost', tenants)
    await firstLook()
    const { state, hint } = await operation(order.steps[1].operation_id)
    expect([state, hint]).toEqual(['unknown', expect.stringContaining('nobody can tell the two apart')])
    expect(hint).not.toContain('@')
  })
})

describe('a person of an order, when nobody knows what became of a change', () => {
  let order: PlacedOrder
  let tenant: string
  beforeEach(async () => {
    order = await placeOrder(gateway, { bill_payers: 1, tenants: [payer()] })
    tenant = order.tenant().id
  })

  test('has been added when Homebox lists them', async () => {
    arm('answer-lost', 'tenants.create')
    const added = payer({ email: 'c@example.com', phone: '07700 900790' })
    const { body: lost } = await gateway.api(`POST ${order.path}/tenants`, { body: added })
    const path = `${order.path}/tenants/${lost.resource}` as const
    const { status, body } = await gateway.api(`GET ${path}?refresh=true`)
    expect([status, body.provider_ids]).toEqual([200, [expect.any(String)]])
    expect(await operation(lost.id)).toMatchObject({ state: 'succeeded', provider_ids: body.provider_ids })
  })

  test('has not been added when Homebox never lists them', async () => {
    arm('cut-before', 'tenants.create')
    const added = payer({ email: 'c@example.com', phone: '07700 900790' })
    const { body: lost } = await gateway.api(`POST ${order.path}/tenants`, { body: added })
    await lookUntilProven(gateway, clock)
    expect((await operation(lost.id)).state).toBe('not_sent')
    expect((await show(order.id)).tenants).toHaveLength(1)
  })

  test('has been invited when Homebox lists the invitation', async () => {
    arm('answer-lost', 'invites.create')
    const { first_name, last_name, phone } = invitee()
    const { body: lost } = await gateway.api(`POST ${order.path}/invites`, {
      body: { first_name, last_name, phone },
    })
    await firstLook()
    const { body } = await gateway.api(`GET ${order.path}/invites/${lost.resource}`)
    expect(await operation(lost.id)).toMatchObject({ state: 'succeeded', provider_ids: body.provider_ids })
  })

  test.each([
    ['answer-lost', 'succeeded', 0],
    ['cut-before', 'not_sent', 1],
  ] as const)('has been removed or not (%s: %s), as Homebox lists them', async (fault, state, left) => {
    arm(fault, 'tenants.delete')
    const { body: lost } = await gateway.api(`DELETE ${order.path}/tenants/${tenant}`)
    await lookUntilProven(gateway, clock)
    expect((await operation(lost.id)).state).toBe(state)
    expect((await show(order.id)).tenants).toHaveLength(left)
  })

  test('has been changed when Homebox shows all of it', async () => {
    arm('answer-lost', 'tenants.update')
    const body = { first_name: 'Janet', last_name: 'Smythe' }
    const { body: lost } = await gateway.api(`PATCH ${order.path}/tenants/${tenant}`, { body })
    await firstLook()
    expect((await operation(lost.id)).state).toBe('succeeded')
    expect((await show(order.id)).tenants).toMatchObject([body])
  })

  test('is left to a person where Homebox shows something else', async () => {
    arm('cut-before', 'tenants.update')
    const { body: lost } = await gateway.api(`PATCH ${order.path}/tenants/${tenant}`, {
      body: { first_name: 'Janet' },
    })
    await lookUntilProven(gateway, clock)
    expect(await operation(lost.id)).toMatchObject({
      state: 'unknown',
      hint: 'The provider shows something else than what was sent as first_name.',
    })
  })

  test('is left to a person where no list can tell', async () => {
    const [payerId] = (await show(order.id)).tenants[0].provider_ids
    gateway.simulators.homebox.happen.setMandate(Number(payerId), 'rejected')
    arm('answer-lost', 'mandates.update')
    const { bank_account } = payer()
    const { body: lost } = await gateway.api(`PATCH ${order.path}/tenants/${tenant}/mandate`, {
      body: { bank_account },
    })
    clock.pass(3_600_000)
    expect(await lookAtDue(gateway)).toBe(0)
    expect(await operation(lost.id)).toMatchObject({
      state: 'unknown',
      reconcile: 'by_person',
      hint: expect.stringContaining('Ask Homebox'),
    })
  })
})
