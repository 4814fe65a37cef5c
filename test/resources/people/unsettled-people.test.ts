import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOfTables } from '#test/database-text'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { leadRequest } from '#test/lead-requests'
import { placeOrder } from '#test/order-people'
import { homeboxOffer, invitee, payer } from '#test/orders'
import { erase, openedTexts } from '#test/people'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '1000' } })
})
afterAll(() => gateway.close())

const stateOf = async (id: string) => (await gateway.api(`GET /v1/operations/${id}`)).body.state

describe('erasing is refused', () => {
  test('while it is not known whether somebody was added, and goes on once a person has said so', async () => {
    const order = await placeOrder(gateway)
    const email = 'answer-lost+unsettled@example.com'
    const added = await gateway.api(`POST ${order.path}/tenants`, {
      body: payer({ email, last_name: 'Quandary' }),
    })
    expect(added.status).toBe(202)
    const { errors } = expectProblem(await erase(gateway.api, email), 'state_conflict')
    const message = `${added.body.id} is unknown`
    expect(errors).toEqual([{ pointer: '/email', code: 'operation_unsettled', message }])
    expect(await textOfTables(gateway, table => table === 'tenants')).toContain('Quandary')

    const resolution = { body: { outcome: 'happened' } }
    expect((await gateway.api(`POST /v1/operations/${added.body.id}/resolve`, resolution)).status).toBe(200)
    const erased = await erase(gateway.api, email)
    expect(erased.body.still_held_by).toMatchObject([
      { operation_id: added.body.id, state: 'settled_by_person' },
    ])
    expect(await textOfTables(gateway)).not.toMatch(/quandary|unsettled@/i)
  })

  test('while a lead may have been taken', async () => {
    const email = 'answer-lost+lead@one-utility-bill.example.com'
    const body = leadRequest({ tenants: [invitee({ email })] })
    const lead = await gateway.api('POST /v1/leads', { body })
    expect(lead.body.status).toBe('unknown')
    expectProblem(await erase(gateway.api, email), 'state_conflict')
    expect((await gateway.api(`GET /v1/leads/${lead.body.id}`)).body.tenants).toMatchObject([{ email }])
  })

  test('while a step is planned behind one that failed, until both are skipped', async () => {
    const offer_id = await homeboxOffer(gateway.api)
    const email = 'behind@example.com'
    const tenants = [payer({ email: 'refused@example.com' }), payer({ email, last_name: 'Behindhand' })]
    const { body: order } = await gateway.api('POST /v1/orders', { body: { offer_id, tenants } })
    expect(order.status).toBe('action_required')
    const planned = order.steps[2].operation_id
    expect(await stateOf(planned)).toBe('planned')
    const { errors } = expectProblem(await erase(gateway.api, email), 'state_conflict')
    expect(errors).toMatchObject([{ message: `${planned} is planned` }])

    await gateway.api(`POST /v1/orders/${order.id}/retry`, { body: { skip: [2, 3] } })
    expect((await erase(gateway.api, email)).body).toMatchObject({
      tenants: [{ order_id: order.id }],
      still_held_by: [],
    })
  })
})

describe('an order whose refused person was erased', () => {
  test('is not retried with somebody else in their place, but without them', async () => {
    const offer_id = await homeboxOffer(gateway.api)
    const email = 'refused+erased@example.com'
    const tenants = [payer({ email, last_name: 'Wiped' }), payer({ email: 'stays@example.com' })]
    const { body: order } = await gateway.api('POST /v1/orders', { body: { offer_id, tenants } })
    expect((await erase(gateway.api, email)).status).toBe(200)
    expect(await openedTexts(gateway)).not.toContain('Wiped')

    const retry = (body?: unknown) =>
      gateway.api(`POST /v1/orders/${order.id}/retry`, body === undefined ? {} : { body })
    expectProblem(await retry(), 'state_conflict')
    const corrected = { steps: [{ step: 2, tenant: payer({ email: 'corrected@example.com' }) }] }
    expectProblem(await retry(corrected), 'state_conflict')
    expect((await retry({ skip: [2] })).status).toBe(200)
    const { body } = await gateway.api(`GET /v1/orders/${order.id}`)
    expect(body.steps).toMatchObject([{}, { state: 'refused' }, { state: 'succeeded' }])
    expect(body.tenants.map((tenant: { email: string }) => tenant.email)).toEqual([null, 'stays@example.com'])
  })
})

describe('a lead that was not sent', () => {
  test('cannot be sent again for somebody who was erased', async () => {
    const email = 'rate-limited@one-utility-bill.example.com'
    const body = leadRequest({ tenants: [invitee({ email })], providers: ['one_utility_bill'] })
    const { body: lead } = await gateway.api('POST /v1/leads', { body })
    expect(lead.submissions).toMatchObject([{ status: 'failed' }])
    expect((await erase(gateway.api, email)).status).toBe(200)
    expectProblem(await gateway.api(`POST /v1/leads/${lead.id}/retry`), 'state_conflict')
  })
})
