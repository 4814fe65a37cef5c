import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder, sentBelow } from '#test/order-people'
import { invitee, payer } from '#test/orders'
import { homeboxClient } from '#test/simulator-client'

let gateway: TestGateway
let order: PlacedOrder
beforeAll(async () => {
  gateway = await startTestGateway()
})
beforeEach(async () => {
  gateway.simulators.homebox.disarm()
  order = await placeOrder(gateway)
})
afterAll(() => gateway.close())

const add = async (body: unknown) => (await gateway.api(`POST ${order.path}/tenants`, { body })).body
const list = async () => (await gateway.api(`GET ${order.path}/tenants`)).body.data
const arm = (fault: 'twice' | 'answer-lost' | 'error', operation: string, times = 1) =>
  gateway.simulators.homebox.arm({ fault, operation, times })

describe('whom an order was made with', () => {
  test('have their ids in its answer, from one look at each list', async () => {
    let placed = order
    const sent = await sentBelow(gateway, order, async () => {
      placed = await placeOrder(gateway, { bill_payers: 2, tenants: [payer(), invitee()] })
    })
    const reads = sent.filter(([method, path]) => method === 'GET' && /\/(tenant|invite)$/.test(path))
    expect(reads).toHaveLength(2)
    const [jane, john] = [placed.tenant(0), placed.tenant(1)]
    expect([jane.provider_ids, john.provider_ids]).toEqual([[expect.any(String)], []])
    const invites = await gateway.api(`GET ${placed.path}/invites`)
    expect(invites.body.data).toMatchObject([{ tenant_id: john.id, provider_ids: [expect.any(String)] }])
  })

  test('are found at the next look when the lists could not be read', async () => {
    arm('error', 'tenants.list', 5)
    const placed = await placeOrder(gateway, { bill_payers: 1, tenants: [payer()] })
    expect(placed.body).toMatchObject({ status: 'pending', tenants: [{ provider_ids: [] }] })
    gateway.simulators.homebox.disarm()
    const { body } = await gateway.api(`GET ${placed.path}/tenants`)
    expect(body.data).toMatchObject([{ id: placed.tenant().id, provider_ids: [expect.any(String)] }])
  })
})

describe('a new bill payer', () => {
  test('whom Homebox recorded twice is one of its two, and the other is shown as well', async () => {
    arm('twice', 'tenants.create')
    const jane = await add(payer())
    const tenants = await list()
    expect(tenants.map((tenant: { email: string }) => tenant.email)).toEqual([jane.email, jane.email])
    expect(tenants[0].id).toBe(jane.id)
    expect(new Set(tenants.flatMap((tenant: { provider_ids: string[] }) => tenant.provider_ids)).size).toBe(2)
    expect(await list()).toEqual(tenants)
  })

  test('gets the id of the second one when the same e-mail is added twice', async () => {
    const one = await add(payer())
    const two = await add(payer({ phone: '07700 900789' }))
    expect(two.provider_ids).not.toEqual(one.provider_ids)
    expect(await list()).toMatchObject([
      { id: one.id, phone: '+447700900123' },
      { id: two.id, phone: '+447700900789' },
    ])
  })

  test('is known by phone when Homebox spells the e-mail otherwise', async () => {
    arm('answer-lost', 'tenants.create')
    await add(payer())
    const client = homeboxClient(gateway.simulators.homebox)
    const path = `/api/partner/order/${order.homeboxId}/tenant`
    const { body } = await client.get(path)
    const [{ id }] = Object(body).data
    await client.patch(`${path}/${id}`, { email: 'jane@homebox.example.org' })
    expect(await list()).toMatchObject([{ email: 'jane@homebox.example.org', provider_ids: [String(id)] }])
  })

  test('comes before one of whom nobody knows whether they were added', async () => {
    arm('error', 'tenants.create')
    const lost = await add(payer())
    const added = await add(payer({ first_name: 'Janet' }))
    expect(added.provider_ids).toHaveLength(1)
    expect(await list()).toMatchObject([
      { id: added.id, provider_ids: added.provider_ids },
      { id: lost.resource, provider_ids: [] },
    ])
  })

  test('who is not listed has no id, and everything that needs one has to wait', async () => {
    arm('error', 'tenants.create')
    const { resource } = await add(payer())
    const changed = await gateway.api(`PATCH ${order.path}/tenants/${resource}`, {
      body: { first_name: 'A' },
    })
    const mandate = await gateway.api(`GET ${order.path}/tenants/${resource}/mandate`)
    expect([changed.status, changed.body.code]).toEqual([409, 'state_conflict'])
    expect([mandate.status, mandate.body.code]).toEqual([409, 'state_conflict'])
  })
})
