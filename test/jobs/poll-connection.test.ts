import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { TestGateway } from '#test/gateway'
import { startTestGateway } from '#test/gateway'
import { contact, leadRequest } from '#test/lead-requests'
import { placeOrder, type PlacedOrder } from '#test/order-people'
import { invitee, payer } from '#test/orders'
import { pollAll } from '#test/polling'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

let time: number
let gateway: TestGateway
beforeEach(async () => {
  time = Date.parse('2026-11-21T12:00:00.000Z')
  gateway = await startTestGateway({
    now: () => new Date(time),
    environment: { PROVIDER_TIMEOUT_MS: '3000' },
  })
  onTestFinished(gateway.close)
})

const homebox = () => gateway.simulators.homebox
/** What Homebox is asked while something is done, without its prefix. */
async function asked(work: () => Promise<unknown> = () => pollAll(gateway.services)): Promise<string[]> {
  const before = homebox().requests().length
  await work()
  return homebox()
    .requests()
    .slice(before)
    .map(({ method, path }) => `${method} ${path.replace('/api/partner', '')}`)
}
async function events(type: string): Promise<Record<string, unknown>[]> {
  const { body } = await gateway.api(`GET /v1/events?type=${type}`)
  return body.data.map((event: { data: Record<string, unknown> }) => event.data)
}
const happens = (order: PlacedOrder, text: string) =>
  homebox().happen.setOrderStatus(Number(order.homeboxId), { id: 0, text })
const looksOf = async (kind: string) => {
  const { values } = await gateway.services.metrics.polls.get()
  const ofKind = values.filter(({ labels }) => labels.kind === kind)
  return Object.fromEntries(ofKind.map(({ labels, value }) => [labels.outcome, value]))
}
const read = (order: PlacedOrder) => `GET /order/${order.homeboxId}`

describe('an order', () => {
  test('is looked at when it is due, and a change is told of once', async () => {
    const order = await placeOrder(gateway)
    expect(await asked()).toEqual([read(order)])
    happens(order, 'Cancelled')
    expect(await asked()).toEqual([])
    time += 15 * MINUTE
    expect(await asked()).toEqual([read(order)])
    expect((await gateway.api(`GET ${order.path}`)).body.status).toBe('cancelled')
    expect((await events('order.status_changed'))[0]).toEqual({
      id: order.id,
      provider: 'homebox',
      status: 'cancelled',
      previous_status: 'pending',
    })
  })

  test('that is over is never looked at again', async () => {
    const order = await placeOrder(gateway)
    happens(order, 'Cancelled')
    await pollAll(gateway.services)
    time += 60 * DAY
    expect(await asked()).toEqual([])
    expect(await events('order.status_changed')).toHaveLength(2)
    expect(await looksOf('order')).toEqual({ looked: 1 })
  })

  test('shows who has signed up since they were invited', async () => {
    const order = await placeOrder(gateway, { tenants: [invitee()] })
    const [invite] = (await gateway.api(`GET ${order.path}/invites`)).body.data
    const signedUp = homebox().happen.signUp(Number(invite.provider_ids[0]), 'john.appleseed@example.com')
    expect((await asked()).toSorted()).toEqual(
      ['', '/invite', '/tenant', `/tenant/${signedUp}/mandate`].map(path => `${read(order)}${path}`),
    )
    const [john] = (await gateway.api(`GET ${order.path}`)).body.tenants
    expect(john).toMatchObject({ first_name: 'John', provider_ids: [String(signedUp)] })
    expect(await events('tenant.mandate_changed')).toEqual([
      { id: john.id, order_id: order.id, status: 'active', previous_status: null, provider_status: 'active' },
    ])
  })
})

describe('a mandate', () => {
  const jane = payer({ bank_account: { ...payer().bank_account, account_number: '00000005' } })
  async function place() {
    const order = await placeOrder(gateway, { tenants: [jane] })
    const [tenant] = (await gateway.api(`GET ${order.path}/tenants`)).body.data
    const id = Number(tenant.provider_ids[0])
    return {
      path: `${order.path}/tenants/${tenant.id}/mandate` as const,
      look: `${read(order)}/tenant/${id}/mandate`,
      becomes: (status: 'active' | 'cancelled') => homebox().happen.setMandate(id, status),
    }
  }
  const told = async () =>
    (await events('tenant.mandate_changed')).map(event => [event['previous_status'], event['status']])

  test('is looked at until it is active and its order 60 days old', async () => {
    const mandate = await place()
    expect(await asked()).toContain(mandate.look)
    mandate.becomes('active')
    time += 30 * MINUTE
    expect(await asked()).toContain(mandate.look)
    expect(await told()).toEqual([
      ['pending', 'active'],
      [null, 'pending'],
    ])
    time += 60 * DAY
    expect(await asked()).not.toContain(mandate.look)
    time += 60 * DAY
    expect(await asked()).not.toContain(mandate.look)
    expect(await looksOf('mandate')).toEqual({ looked: 2, idle: 1 })
  })

  test('is looked at again once somebody sees that it is not active any more', async () => {
    const mandate = await place()
    mandate.becomes('active')
    time += 61 * DAY
    await pollAll(gateway.services)
    time += 61 * DAY
    expect(await asked()).not.toContain(mandate.look)
    mandate.becomes('cancelled')
    await gateway.api(`GET ${mandate.path}`)
    expect(await asked()).toContain(mandate.look)
  })
})

describe('a lead', () => {
  test('is looked at at each provider until it is done with there', async () => {
    const { body: lead } = await gateway.api('POST /v1/leads', {
      body: leadRequest({ tenants: [contact(1), contact(2)] }),
    })
    const [homeboxId] = lead.submissions[0].provider_ids
    const elsewhere = gateway.simulators.one_utility_bill
    expect(await asked()).toEqual([`GET /lead/${homeboxId}`])
    const read = elsewhere.requests().filter(({ path }) => path.startsWith('/api/v1/leads/'))
    expect(read.map(({ path }) => path.slice('/api/v1/leads/'.length)).toSorted()).toEqual(
      [lead.submissions[1].provider_ids[0], lead.submissions[2].provider_ids[0]].toSorted(),
    )
    homebox().happen.completeLead(Number(homeboxId))
    time += 30 * MINUTE
    expect(await asked()).toEqual([`GET /lead/${homeboxId}`])
    expect((await events('lead.status_changed'))[0]).toEqual({
      id: lead.id,
      status: 'submitted',
      previous_status: 'submitted',
      provider: 'homebox',
      tenant_id: null,
      provider_ids: [homeboxId],
      completed_at: '2026-11-21T12:00:00.000Z',
    })
    time += DAY
    expect(await asked()).toEqual([])
  })
})
