import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FaultName } from '#simulators/core/faults'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder, sentBelow } from '#test/order-people'
import { payer } from '#test/orders'

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

const account = { account_name: 'J Smith', account_number: '31926819', sort_code: '60-16-13' }
const get = (query = '') => gateway.api(`GET ${order.path}/tenants/${jane.id}/mandate${query}`)
const change = (query = '', bank_account: unknown = account) =>
  gateway.api(`PATCH ${order.path}/tenants/${jane.id}/mandate${query}`, { body: { bank_account } })
const setMandate = (status: Parameters<typeof gateway.simulators.homebox.happen.setMandate>[1]) =>
  gateway.simulators.homebox.happen.setMandate(Number(jane.provider_ids[0]), status)
const arm = (fault: FaultName, operation: string, times = 1) =>
  gateway.simulators.homebox.arm({ fault, operation, times })
const known = async () => (await gateway.api(`GET ${order.path}/tenants/${jane.id}`)).body.mandate_status
const events = async () =>
  (await gateway.api(`GET /v1/events?type=tenant.mandate_changed&resource=${jane.id}`)).body.data
const path = () => `/tenant/${jane.provider_ids[0]}/mandate`

describe('GET …/tenants/{tenant_id}/mandate', () => {
  test('answers the mandate as it stands at Homebox now', async () => {
    const sent = await sentBelow(gateway, order, async () => {
      const { status, body } = await get()
      expect([status, body]).toEqual([
        200,
        {
          object: 'mandate',
          mode: 'test',
          tenant_id: jane.id,
          account_name: 'Jane Smith',
          status: 'active',
          provider_status: 'active',
        },
      ])
    })
    expect(sent).toEqual([['GET', path(), null]])
  })

  test('keeps a change with the tenant and tells of it, once', async () => {
    await get()
    setMandate('suspended')
    await get()
    await get()
    expect(await known()).toBe('suspended')
    expect((await events()).map((event: { data: unknown }) => event.data)).toEqual([
      {
        id: jane.id,
        order_id: order.id,
        status: 'suspended',
        previous_status: 'active',
        provider_status: 'suspended',
      },
      { id: jane.id, order_id: order.id, status: 'active', previous_status: null, provider_status: 'active' },
    ])
  })

  test('shows what Homebox said with include=provider_data', async () => {
    expect((await get('?include=provider_data')).body.provider_data).toEqual({
      homebox: { fetched_at: expect.any(String), data: { data: { name: 'Jane Smith', status: 'active' } } },
    })
  })

  test('answers the problem when Homebox cannot be read', async () => {
    arm('error', 'mandates.get', 5)
    expect(await get()).toMatchObject({ status: 502, body: { code: 'provider_error' } })
  })
})

describe('PATCH …/tenants/{tenant_id}/mandate', () => {
  test.each(['nomandate', 'rejected', 'cancelled'] as const)(
    'reads the mandate first, and gives Homebox the account while it is %s',
    async state => {
      setMandate(state)
      const sent = await sentBelow(gateway, order, async () => {
        const { status, body } = await change()
        expect([status, body.account_name, body.status]).toEqual([200, 'J Smith', 'pending'])
      })
      expect(sent).toEqual([
        ['GET', path(), null],
        ['PATCH', path(), { account_name: 'J Smith', account_number: '31926819', sort_code: '601613' }],
      ])
      expect(await known()).toBe('pending')
      const states = (await events()).map((event: { data: { status: string } }) => event.data.status)
      expect(states).toEqual(['pending', state])
    },
  )

  test.each(['submitted', 'active', 'pending', 'suspended'] as const)(
    'does not even ask while the mandate is %s, and says so',
    async state => {
      setMandate(state)
      const sent = await sentBelow(gateway, order, async () => {
        const { status, body } = await change()
        expect([status, body.code]).toEqual([409, 'state_conflict'])
        expect(body.detail).toContain(`The mandate is ${state}`)
      })
      expect(sent).toEqual([['GET', path(), null]])
      expect(await known()).toBe(state)
    },
  )

  test.each(['answer-lost', 'cut-before', 'applied-error', 'html', 'renamed-field', 'hang'] as const)(
    'answers 202 with the operation after %s',
    async fault => {
      setMandate('rejected')
      arm(fault, 'mandates.update')
      const { status, headers, body } = await change()
      expect([status, body.operation, body.state]).toEqual([202, 'mandates.update', 'unknown'])
      expect([headers['location'], body.resource]).toEqual([`/v1/operations/${body.id}`, jane.id])
      expect(await known()).toBe('rejected')
    },
  )

  test('answers the problem when Homebox refuses', async () => {
    setMandate('rejected')
    arm('refused', 'mandates.update')
    expect(await change()).toMatchObject({ status: 422, body: { code: 'provider_rejected' } })
    expect(await known()).toBe('rejected')
  })

  test('answers the problem when the mandate cannot be read, and changes nothing', async () => {
    setMandate('rejected')
    arm('error', 'mandates.get', 5)
    const sent = await sentBelow(gateway, order, async () => expect((await change()).status).toBe(502))
    expect(new Set(sent.map(([method]) => method))).toEqual(new Set(['GET']))
  })

  test.each([
    ['/bank_account/account_name', { ...account, account_name: 'J' }],
    ['/bank_account/account_number', { ...account, account_number: '1234567' }],
    ['/bank_account/sort_code', { ...account, sort_code: '12345' }],
    ['/bank_account', null],
  ])('refuses what is wrong at %s', async (pointer, wrong) => {
    const { status, body } = await change('', wrong)
    expect([status, body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([422, [pointer]])
  })

  test('with preview=true shows what would be sent with masked bank details, and sends nothing', async () => {
    const sent = await sentBelow(gateway, order, async () => {
      const { status, body, text } = await change('?preview=true')
      expect([status, body.requests]).toMatchObject([
        200,
        [{ method: 'PATCH', body: { account_number: '****6819', sort_code: '****613' } }],
      ])
      expect(text).not.toContain(account.account_number)
    })
    expect(sent).toEqual([])
  })
})
