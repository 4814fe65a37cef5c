import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FaultName } from '#simulators/core/faults'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder, sentBelow } from '#test/order-people'
import { invitee, payer } from '#test/orders'

let gateway: TestGateway
let order: PlacedOrder
let jane: { id: string; provider_ids: string[] }
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '2000' } })
})
beforeEach(async () => {
  gateway.simulators.homebox.disarm()
  order = await placeOrder(gateway)
  jane = (await gateway.api(`POST ${order.path}/tenants`, { body: payer() })).body
})
afterAll(() => gateway.close())

const change = (body: unknown, query = '') =>
  gateway.api(`PATCH ${order.path}/tenants/${jane.id}${query}`, { body })
const read = async () => (await gateway.api(`GET ${order.path}/tenants/${jane.id}`)).body
const arm = (fault: FaultName, times = 1) =>
  gateway.simulators.homebox.arm({ fault, operation: 'tenants.update', times })

describe('PATCH /v1/orders/{order_id}/tenants/{tenant_id}', () => {
  test('sends only what changes, in the words of Homebox', async () => {
    const body = { email: 'jane@new.example.org', phone: '07700 900321', date_of_birth: '2001-02-03' }
    expect(await sentBelow(gateway, order, () => change({ ...body, nationality: null }))).toEqual([
      [
        'PATCH',
        `/tenant/${jane.provider_ids[0]}`,
        { email: 'jane@new.example.org', phone_number: '+447700900321', birthday: '03/02/2001' },
      ],
    ])
  })

  test('answers and keeps the tenant as changed', async () => {
    const { status, body } = await change({ first_name: 'Joan', nationality: 'ie' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ...jane,
      first_name: 'Joan',
      nationality: 'IE',
      updated_at: expect.any(String),
    })
    expect(await read()).toEqual(body)
  })

  test('keeps the change also when Homebox does not repeat it', async () => {
    arm('renamed-field')
    expect((await change({ email: 'jane@new.example.org' })).body.email).toBe('jane@new.example.org')
  })

  test.each(['answer-lost', 'cut-before', 'applied-error', 'html', 'hang'] as const)(
    'answers 202 with the operation after %s, and leaves the tenant as it was',
    async fault => {
      arm(fault)
      const { status, headers, body } = await change({ first_name: 'Joan' })
      expect([status, body.operation, body.state]).toEqual([202, 'tenants.update', 'unknown'])
      expect([headers['location'], body.resource]).toEqual([`/v1/operations/${body.id}`, jane.id])
      expect(await read()).toEqual(jane)
    },
  )

  test('finds out at the next look what became of it', async () => {
    arm('answer-lost')
    await change({ first_name: 'Joan' })
    const { body } = await gateway.api(`GET ${order.path}/tenants/${jane.id}?refresh=true`)
    expect(body.first_name).toBe('Joan')
  })

  test.each([
    ['refused', 422, 'provider_rejected'],
    ['unauthorized', 502, 'provider_auth_failed'],
  ] as const)(
    'answers the problem when it is %s, and leaves the tenant as it was',
    async (fault, status, code) => {
      arm(fault, 3)
      expect(await change({ first_name: 'Joan' })).toMatchObject({
        status,
        body: { code, provider: 'homebox' },
      })
      expect(await read()).toEqual(jane)
    },
  )

  test.each([
    ['', {}],
    ['', { first_name: null }],
    ['/bank_account', { first_name: 'Joan', bank_account: payer().bank_account }],
    ['/phone', { phone: 'none' }],
    ['/date_of_birth', { date_of_birth: '9999-01-01' }],
  ])('refuses what is wrong at "%s"', async (pointer, body) => {
    const answer = await change(body)
    expect([answer.status, answer.body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      422,
      [pointer],
    ])
  })

  test('is not for somebody who has not signed up', async () => {
    const { body: john } = await gateway.api(`POST ${order.path}/tenants`, { body: invitee() })
    const { status, body } = await gateway.api(`PATCH ${order.path}/tenants/${john.id}`, {
      body: { first_name: 'Jack' },
    })
    expect([status, body.code]).toEqual([409, 'state_conflict'])
  })

  test('is one at a time', async () => {
    const answers = await Promise.all(['A', 'B', 'C'].map(first_name => change({ first_name })))
    const statuses = answers.map(answer => answer.status).sort()
    expect(statuses.filter(status => status !== 200 && status !== 409)).toEqual([])
    expect(statuses).toContain(200)
    const { body } = await gateway.api(`GET ${order.path}/tenants/${jane.id}?refresh=true`)
    expect(body).toEqual(answers.findLast(answer => answer.body.first_name === body.first_name)?.body)
  })

  test('with preview=true shows what would be sent, and sends and changes nothing', async () => {
    const sent = await sentBelow(gateway, order, async () => {
      const { status, body } = await change({ first_name: 'Joan' }, '?preview=true')
      const path = `/api/partner/order/${order.homeboxId}/tenant/${jane.provider_ids[0]}`
      expect([status, body.requests]).toEqual([
        200,
        [{ provider: 'homebox', method: 'PATCH', path, body: { first_name: 'Joan' } }],
      ])
    })
    expect(sent).toEqual([])
    expect(await read()).toEqual(jane)
  })
})
