import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder, sentBelow } from '#test/order-people'
import { invitee, payer } from '#test/orders'
import { seedKey } from '#test/seed'
import { seedOrder } from '#test/seeded-order'
import { at, homeboxClient } from '#test/simulator-client'

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
const list = async (query = '') => (await gateway.api(`GET ${order.path}/tenants${query}`)).body
const ids = (page: { data: { id: string }[] }) => page.data.map(tenant => tenant.id)
const atHomebox = () => homeboxClient(gateway.simulators.homebox)
const below = () => `/api/partner/order/${order.homeboxId}`

/** Somebody whom Homebox was told of by others. */
const stranger = {
  first_name: 'Ada',
  last_name: 'Byron',
  email: 'ada@example.org',
  phone_number: '+447700900777',
  birthday: '10/12/1999',
  nationality: 'GB',
  account_name: 'A Byron',
  account_number: '87654321',
  sort_code: '112233',
  billing_address: { line1: '1 Test Lane', line2: '', city: 'London', county: '', postcode: 'NW11AA' },
}

describe('GET /v1/orders/{order_id}/tenants', () => {
  test('reads the list of Homebox once, and nothing else', async () => {
    expect(await sentBelow(gateway, order, () => list())).toEqual([['GET', '/tenant', null]])
  })

  test('adds whom Homebox knows and we do not, under one id for good', async () => {
    await atHomebox().post(`${below()}/tenant`, stranger)
    const [ada] = (await list()).data
    expect(ada).toMatchObject({
      id: expect.stringMatching(/^tenant_/),
      first_name: 'Ada',
      email: 'ada@example.org',
      phone: '+447700900777',
      date_of_birth: '1999-12-10',
      nationality: 'GB',
      provider_ids: [expect.any(String)],
    })
    expect((await list()).data).toEqual([ada])
    const mappings = await gateway.api(`GET /v1/mappings?resource=${ada.id}`)
    expect(mappings.body.data).toMatchObject([
      { provider: 'homebox', provider_resource: 'tenant', provider_id: ada.provider_ids[0] },
    ])
  })

  test('takes over what Homebox says of them, and keeps it', async () => {
    const jane = await add(payer())
    await atHomebox().patch(`${below()}/tenant/${jane.provider_ids[0]}`, { last_name: 'Bloggs' })
    expect((await list()).data).toMatchObject([{ id: jane.id, first_name: 'Jane', last_name: 'Bloggs' }])
    expect((await gateway.api(`GET ${order.path}/tenants/${jane.id}`)).body.last_name).toBe('Bloggs')
  })

  test('takes off who is not there any more', async () => {
    const jane = await add(payer())
    await atHomebox().delete(`${below()}/tenant/${jane.provider_ids[0]}`)
    expect((await list()).data).toEqual([])
    expect((await gateway.api(`GET ${order.path}/tenants/${jane.id}`)).status).toBe(404)
    expect((await gateway.api(`GET ${order.path}`)).body.tenants).toEqual([])
  })

  test('shows first whom Homebox has, in its order, then who was only invited', async () => {
    const john = await add(invitee())
    const jane = await add(payer())
    await atHomebox().post(`${below()}/tenant`, stranger)
    const page = await list()
    expect(ids(page)).toEqual([jane.id, expect.any(String), john.id])
    expect(page.data[1].first_name).toBe('Ada')
  })

  test('gives an invited person their id once they have signed up', async () => {
    const john = await add(invitee())
    const [invite] = (await gateway.api(`GET ${order.path}/invites`)).body.data
    const id = gateway.simulators.homebox.happen.signUp(
      Number(invite.provider_ids[0]),
      'john@new.example.org',
    )
    expect((await list()).data).toMatchObject([
      { id: john.id, email: 'john@new.example.org', date_of_birth: '2004-01-15', provider_ids: [String(id)] },
    ])
    expect((await gateway.api(`GET ${order.path}/invites`)).body.data).toEqual([])
    expect((await gateway.api(`GET ${order.path}/invites/${invite.id}`)).status).toBe(404)
  })

  test('is paged by us, in the order of the provider', async () => {
    const one = await add(payer())
    const two = await add(payer({ email: 'b@homebox.example.org', phone: '07700 900789' }))
    const three = await add(payer({ email: 'c@homebox.example.org', phone: '07700 900790' }))
    const first = await list('?limit=2')
    expect([ids(first), first.has_more]).toEqual([[one.id, two.id], true])
    const second = await list(`?limit=2&cursor=${first.next_cursor}`)
    expect([ids(second), second.has_more, second.next_cursor]).toEqual([[three.id], false, null])
    const other = await placeOrder(gateway)
    const foreign = await gateway.api(`GET ${other.path}/tenants?cursor=${first.next_cursor}`)
    expect([foreign.status, foreign.body.code]).toEqual([400, 'malformed_request'])
  })

  test('answers the problem when Homebox cannot be read', async () => {
    await add(payer())
    gateway.simulators.homebox.arm({ fault: 'error', operation: 'tenants.list', times: 5 })
    const { status, body } = await gateway.api(`GET ${order.path}/tenants`)
    expect([status, body.code, body.retryable]).toEqual([502, 'provider_error', true])
  })
})

describe('GET /v1/orders/{order_id}/tenants/{tenant_id}', () => {
  test('answers what is known without asking Homebox', async () => {
    const jane = await add(payer())
    await atHomebox().patch(`${below()}/tenant/${jane.provider_ids[0]}`, { last_name: 'Bloggs' })
    const sent = await sentBelow(gateway, order, async () =>
      expect((await gateway.api(`GET ${order.path}/tenants/${jane.id}`)).body).toEqual(jane),
    )
    expect(sent).toEqual([])
  })

  test('reads Homebox with refresh=true', async () => {
    const jane = await add(payer())
    await atHomebox().patch(`${below()}/tenant/${jane.provider_ids[0]}`, { last_name: 'Bloggs' })
    const { body } = await gateway.api(`GET ${order.path}/tenants/${jane.id}?refresh=true`)
    expect(body).toMatchObject({ id: jane.id, last_name: 'Bloggs' })
    await atHomebox().delete(`${below()}/tenant/${jane.provider_ids[0]}`)
    expect((await gateway.api(`GET ${order.path}/tenants/${jane.id}?refresh=true`)).status).toBe(404)
    expect((await gateway.api(`GET ${order.path}/tenants/${jane.id}`)).status).toBe(404)
  })

  test('shows what Homebox said of this person alone with include=provider_data', async () => {
    const jane = await add(payer())
    await add(payer({ email: 'b@homebox.example.org', phone: '07700 900789' }))
    const query = '?refresh=true&include=provider_data'
    const { body } = await gateway.api(`GET ${order.path}/tenants/${jane.id}${query}`)
    expect(body.provider_data.homebox.data).toEqual({
      id: Number(jane.provider_ids[0]),
      first_name: 'Jane',
      last_name: 'Smith',
      email: 'jane.smith917@example.com',
      phone_number: '+447700900123',
      birthday: '01/01/2000',
      nationality: 'GB',
    })
  })

  test('does not find a tenant of another order', async () => {
    const jane = await add(payer())
    const other = await placeOrder(gateway)
    expect((await gateway.api(`GET ${other.path}/tenants/${jane.id}`)).status).toBe(404)
  })
})

describe('what lies below an order', () => {
  const routes = (orderId: string, tenantId: string, inviteId: string) =>
    [
      [`POST /v1/orders/${orderId}/tenants`, payer()],
      [`GET /v1/orders/${orderId}/tenants`],
      [`GET /v1/orders/${orderId}/tenants/${tenantId}`],
      [`PATCH /v1/orders/${orderId}/tenants/${tenantId}`, { first_name: 'A' }],
      [`DELETE /v1/orders/${orderId}/tenants/${tenantId}`],
      [`GET /v1/orders/${orderId}/tenants/${tenantId}/mandate`],
      [`PATCH /v1/orders/${orderId}/tenants/${tenantId}/mandate`, { bank_account: payer().bank_account }],
      [`POST /v1/orders/${orderId}/invites`, { first_name: 'A', last_name: 'B', phone: '07700 900123' }],
      [`GET /v1/orders/${orderId}/invites`],
      [`GET /v1/orders/${orderId}/invites/${inviteId}`],
      [`DELETE /v1/orders/${orderId}/invites/${inviteId}`],
    ] as const

  test('is not found by another account, and nothing is sent', async () => {
    const jane = await add(payer())
    await add(invitee())
    const [invite] = (await gateway.api(`GET ${order.path}/invites`)).body.data
    const { key } = await seedKey(gateway)
    const sent = await sentBelow(gateway, order, async () => {
      for (const [route, body] of routes(order.id, jane.id, invite.id)) {
        const answer = await gateway.api(route, { key, ...(body ? { body } : {}) })
        expect(`${route} ${answer.status} ${answer.body.code}`).toBe(`${route} 404 not_found`)
      }
    })
    expect(sent).toEqual([])
  })

  test('needs the scope of orders', async () => {
    const { key } = await seedKey(gateway, { scopes: ['quotes:write', 'orders:read'] })
    for (const [route, body] of routes(order.id, 'tenant_1', 'invite_1')) {
      const { status } = await gateway.api(route, { key, ...(body ? { body } : {}) })
      expect(`${route} ${status}`).toBe(`${route} ${route.startsWith('GET') ? 404 : 403}`)
    }
  })

  test('is for orders only whose provider can do it', async () => {
    const housr = await seedOrder(gateway, { provider: 'housr', product: 'bills_package', providerId: '5' })
    const { status, body } = await gateway.api(`GET /v1/orders/${housr}/tenants`)
    expect([status, body.code, body.supported_by]).toEqual([422, 'capability_not_supported', ['homebox']])
  })

  test('has to wait while the order is not known to exist', async () => {
    const failed = await seedOrder(gateway, { status: 'failed' })
    const { status, body } = await gateway.api(`POST /v1/orders/${failed}/tenants`, { body: payer() })
    expect([status, body.code]).toEqual([409, 'state_conflict'])
  })
})

test('a bill payer whom the simulator lists has the id that the gateway tells', async () => {
  const jane = await add(payer())
  const { body } = await atHomebox().get(`${below()}/tenant`)
  expect(String(at(body, 'data', 0, 'id'))).toBe(jane.provider_ids[0])
})
