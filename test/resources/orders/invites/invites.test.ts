import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder, sentBelow } from '#test/order-people'
import { invitee } from '#test/orders'
import { homeboxClient } from '#test/simulator-client'
import { newId } from '#values/ids'

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

const al = { first_name: 'Al', last_name: 'Khwarizmi', phone: '07700 900555' }
const invite = (body: unknown = al, headers: Record<string, string> = {}) =>
  gateway.api(`POST ${order.path}/invites`, { body, headers })
const list = async (query = '') => (await gateway.api(`GET ${order.path}/invites${query}`)).body
const tenants = async () => (await gateway.api(`GET ${order.path}/tenants`)).body.data
const atHomebox = () => homeboxClient(gateway.simulators.homebox)
const below = () => `/api/partner/order/${order.homeboxId}`

describe('POST /v1/orders/{order_id}/invites', () => {
  test('has Homebox text them, and reads the id of the invitation', async () => {
    const sent = await sentBelow(gateway, order, async () => {
      const { status, headers, body } = await invite()
      expect(status).toBe(201)
      expect(headers['location']).toBe(`${order.path}/invites/${body.id}`)
      expect(body).toEqual({
        id: expect.stringMatching(/^invite_/),
        object: 'invite',
        mode: 'test',
        tenant_id: null,
        first_name: 'Al',
        last_name: 'Khwarizmi',
        phone: '+447700900555',
        times_sent: 1,
        provider_ids: [expect.stringMatching(/^\d+$/)],
        created_at: expect.any(String),
        updated_at: expect.any(String),
        erased_at: null,
      })
      expect((await gateway.api(`GET ${order.path}/invites/${body.id}`)).body).toEqual(body)
    })
    expect(sent).toEqual([
      ['POST', '/invite', { first_name: 'Al', last_name: 'Khwarizmi', phone_number: '+447700900555' }],
      ['GET', '/invite', null],
    ])
  })

  test('tells which tenant of the order it is for, by the phone', async () => {
    const { body: john } = await gateway.api(`POST ${order.path}/tenants`, { body: invitee() })
    const [first] = (await list()).data
    await gateway.api(`DELETE ${order.path}/invites/${first.id}`)
    const { first_name, last_name, phone } = invitee()
    expect((await invite({ first_name, last_name, phone })).body.tenant_id).toBe(john.id)
  })

  test('tells two invitations to one phone apart by name', async () => {
    const one = await invite()
    const two = await invite({ ...al, first_name: 'Mo' })
    expect(one.body.provider_ids).not.toEqual(two.body.provider_ids)
    expect((await list()).data).toMatchObject([
      { id: one.body.id, first_name: 'Al' },
      { id: two.body.id, first_name: 'Mo' },
    ])
  })

  test('shows with preview=true what would be sent, and sends and stores nothing', async () => {
    const sent = await sentBelow(gateway, order, async () => {
      const { status, body } = await gateway.api(`POST ${order.path}/invites?preview=true`, { body: al })
      expect([status, body.side_effects]).toEqual([200, ['texts the tenant a sign-up link']])
      expect(body.requests).toMatchObject([{ method: 'POST', path: `${below()}/invite` }])
    })
    expect(sent).toEqual([])
    expect((await list()).data).toEqual([])
  })

  test.each([
    ['/phone', { ...al, phone: 'x' }],
    ['/last_name', { ...al, last_name: ' ' }],
    ['/email', { ...al, email: 'al@example.com' }],
  ])('refuses what is wrong at %s', async (pointer, body) => {
    const answer = await invite(body)
    expect([answer.status, answer.body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      422,
      [pointer],
    ])
  })
})

describe('an invitation whose outcome nobody knows', () => {
  test.each(['answer-lost', 'cut-before', 'applied-error', 'html', 'renamed-field'] as const)(
    'answers 202 with the operation after %s, and is never sent again',
    async fault => {
      const before = gateway.simulators.homebox.count('invites.create')
      gateway.simulators.homebox.arm({ fault, operation: 'invites.create' })
      const first = await invite(al, { 'idempotency-key': fault })
      expect([first.status, first.body.operation, first.body.state]).toEqual([
        202,
        'invites.create',
        'unknown',
      ])
      expect(first.body.resource).toMatch(/^invite_/)
      const again = await invite(al, { 'idempotency-key': fault })
      expect([again.text, again.headers['idempotent-replayed']]).toEqual([first.text, 'true'])
      expect(gateway.simulators.homebox.count('invites.create') - before).toBeLessThanOrEqual(1)
    },
  )

  test('is found by the next look at the list', async () => {
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'invites.create' })
    const { body } = await invite()
    expect((await list()).data).toMatchObject([{ id: body.resource, provider_ids: [expect.any(String)] }])
  })

  test('is gone when a person finds out that it was not made', async () => {
    gateway.simulators.homebox.arm({ fault: 'error', operation: 'invites.create' })
    const { body } = await invite()
    expect((await list()).data).toMatchObject([{ id: body.resource, provider_ids: [] }])
    await gateway.api(`POST /v1/operations/${body.id}/resolve`, { body: { outcome: 'did_not_happen' } })
    expect((await list()).data).toEqual([])
  })

  test('is nothing when it is refused', async () => {
    gateway.simulators.homebox.arm({ fault: 'refused', operation: 'invites.create' })
    expect(await invite()).toMatchObject({ status: 422, body: { code: 'provider_rejected' } })
    expect((await list()).data).toEqual([])
  })
})

describe('GET /v1/orders/{order_id}/invites', () => {
  test('adds those that Homebox knows and we do not, under one id for good', async () => {
    await atHomebox().post(`${below()}/invite`, {
      first_name: 'Al',
      last_name: 'K',
      phone_number: '+447700900555',
    })
    const page = await list()
    expect(page.data).toMatchObject([
      { first_name: 'Al', tenant_id: null, provider_ids: [expect.any(String)] },
    ])
    expect((await list()).data).toEqual(page.data)
  })

  test('leaves out who has signed up: they are a tenant now, and the invitation tells who', async () => {
    const { body } = await invite()
    gateway.simulators.homebox.happen.signUp(Number(body.provider_ids[0]), 'al@example.org')
    const [tenant] = await tenants()
    expect(tenant).toMatchObject({
      first_name: 'Al',
      email: 'al@example.org',
      provider_ids: [expect.any(String)],
    })
    const { body: linked } = await gateway.api(`GET ${order.path}/invites/${body.id}`)
    expect(linked.tenant_id).toBe(tenant.id)
    expect((await list()).data).toEqual([])
    expect((await gateway.api(`GET ${order.path}/invites/${body.id}`)).status).toBe(404)
    expect(await tenants()).toEqual([tenant])
  })

  test('leaves out who signed up before their invitation was ever seen', async () => {
    gateway.simulators.homebox.arm({ fault: 'error', operation: 'invites.list', times: 20 })
    const { body: john } = await gateway.api(`POST ${order.path}/tenants`, { body: invitee() })
    const { body: unseen } = await invite({ first_name: 'John', last_name: 'Appleseed', phone: john.phone })
    expect([unseen.provider_ids, unseen.tenant_id]).toEqual([[], john.id])
    gateway.simulators.homebox.disarm()
    const { body: listed } = await atHomebox().get(`${below()}/invite`)
    for (const { id } of Object(listed).data)
      gateway.simulators.homebox.happen.signUp(id, `john-${id}@example.org`)
    await tenants()
    expect((await list()).data).toEqual([])
  })

  test('is paged by us', async () => {
    const one = await invite()
    const two = await invite({ ...al, phone: '07700 900556' })
    const first = await list('?limit=1')
    expect([first.data.map(({ id }: { id: string }) => id), first.has_more]).toEqual([[one.body.id], true])
    const second = await list(`?limit=1&cursor=${first.next_cursor}`)
    expect([second.data.map(({ id }: { id: string }) => id), second.has_more]).toEqual([[two.body.id], false])
  })

  test('answers the problem when Homebox cannot be read', async () => {
    gateway.simulators.homebox.arm({ fault: 'html', operation: 'invites.list', times: 5 })
    const answer = await gateway.api(`GET ${order.path}/invites`)
    expect(answer).toMatchObject({ status: 502, body: { code: 'provider_error' } })
  })
})

describe('GET /v1/orders/{order_id}/invites/{invite_id}', () => {
  test('reads Homebox only with refresh=true, and shows what it said of this one alone', async () => {
    const { body } = await invite()
    await invite({ ...al, phone: '07700 900556' })
    const path = `GET ${order.path}/invites/${body.id}` as const
    expect(await sentBelow(gateway, order, () => gateway.api(path))).toEqual([])
    const { body: read } = await gateway.api(`${path}?refresh=true&include=provider_data`)
    expect(read.provider_data.homebox.data).toEqual({
      id: Number(body.provider_ids[0]),
      first_name: 'Al',
      last_name: 'Khwarizmi',
      phone_number: '+447700900555',
      total_sent: '1',
    })
  })
})

describe('DELETE /v1/orders/{order_id}/invites/{invite_id}', () => {
  const withdraw = (inviteId: string) => gateway.api(`DELETE ${order.path}/invites/${inviteId}`)

  test('withdraws it at Homebox, once however often it is asked', async () => {
    const { body } = await invite()
    const sent = await sentBelow(gateway, order, async () => {
      expect((await withdraw(body.id)).status).toBe(204)
      expect((await withdraw(body.id)).status).toBe(204)
    })
    expect(sent).toEqual([['DELETE', `/invite/${body.provider_ids[0]}`, null]])
    expect((await list()).data).toEqual([])
  })

  test('does not know an unknown id, nor one of another order', async () => {
    const { body } = await invite()
    const other = await placeOrder(gateway)
    expect((await withdraw(newId('invite'))).status).toBe(404)
    expect((await gateway.api(`DELETE ${other.path}/invites/${body.id}`)).status).toBe(404)
  })

  test('is done where Homebox does not have it any more', async () => {
    const { body } = await invite()
    await atHomebox().delete(`${below()}/invite/${body.provider_ids[0]}`)
    expect((await withdraw(body.id)).status).toBe(204)
  })

  test('answers 202 with the operation while nobody knows, and the same one when it is asked again', async () => {
    const { body } = await invite()
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'invites.delete' })
    const first = await withdraw(body.id)
    expect([first.status, first.body.operation, first.body.resource]).toEqual([
      202,
      'invites.delete',
      body.id,
    ])
    expect((await withdraw(body.id)).body).toEqual(first.body)
    expect((await list()).data).toEqual([])
    expect((await withdraw(body.id)).status).toBe(204)
  })

  test('has to wait while Homebox does not list it', async () => {
    gateway.simulators.homebox.arm({ fault: 'error', operation: 'invites.create' })
    const { body } = await invite()
    expect(await withdraw(body.resource)).toMatchObject({ status: 409, body: { code: 'state_conflict' } })
  })
})
