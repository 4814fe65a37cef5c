import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RunningSimulators } from '#simulators/index'
import { expectProblem } from '#test/expect-problem'
import type { TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { placeOrder } from '#test/order-people'
import { homeboxOffer, invitee } from '#test/orders'
import {
  type AccountHere,
  accountAt,
  enter,
  startOpenGateway,
  startOwnProviders,
} from '#test/own-connections'
import { pollAll } from '#test/polling'
import { voidRequest } from '#test/portfolio'
import { at, homeboxClient } from '#test/simulator-client'
import { answersJson, startUpstream } from '#test/upstream'
import { stepsOf, unknownOrder } from '#test/unknown-orders'

let gateway: TestGateway
let providers: RunningSimulators
let owner: AccountHere
let borrower: AccountHere
/** The owner as what it orders at its own Homebox. */
let atOwn: AccountHere
beforeAll(async () => {
  gateway = await startOpenGateway()
  providers = await startOwnProviders()
})
beforeEach(async () => {
  owner = await accountAt(gateway)
  borrower = await accountAt(gateway)
  atOwn = { ...owner, simulators: providers }
})
afterAll(async () => {
  await gateway.close()
  await providers.stop()
})

const bodyOf = { body: household({ providers: ['homebox'] }) }
/** How many requests the account's own Homebox has had, and the lent one. */
const heard = () => [providers.homebox.requests().length, gateway.simulators.homebox.requests().length]
async function heardBy(work: () => Promise<unknown>): Promise<number[]> {
  const before = heard()
  await work()
  return heard().map((count, index) => count - (before[index] ?? 0))
}

describe("an account's own connection", () => {
  test('is called with its own credentials, as it was entered', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(answersJson({ data: [] }))
    const changes = { base_url: `${upstream.url}/bills`, credentials: { token: 'token-of-the-owner' } }
    await enter(owner, providers, 'homebox', changes)
    await owner.api('POST /v1/quotes', bodyOf)
    const [request] = upstream.requests
    expect(request?.raw.toString()).toMatch(
      /^GET \/bills\/api\/partner\/packages\?postcode=NE12QB&is_student=true HTTP\/1\.1\r\n/,
    )
    expect(request?.headers['authorization']).toBe('Bearer token-of-the-owner')
  })

  test('wins over the one that is lent, and is nobody else’s', async () => {
    await enter(owner, providers, 'homebox')
    expect(await heardBy(() => owner.api('POST /v1/quotes', bodyOf))).toEqual([1, 0])
    expect(await heardBy(() => borrower.api('POST /v1/quotes', bodyOf))).toEqual([0, 1])
    expect(await heardBy(() => gateway.api('POST /v1/quotes', bodyOf))).toEqual([0, 1])
  })

  test('leaves the others lent', async () => {
    await enter(owner, providers, 'housr')
    expect(await heardBy(() => owner.api('POST /v1/quotes', bodyOf))).toEqual([0, 1])
  })

  test('is what GET /v1/providers shows', async () => {
    const id = await enter(owner, providers, 'homebox')
    const connectionOf = async ({ api }: AccountHere) =>
      (await api('GET /v1/providers/homebox')).body.connection
    expect(await connectionOf(owner)).toEqual({ state: 'connected', id, source: 'account' })
    expect(await connectionOf(borrower)).toMatchObject({ state: 'simulated', source: 'simulator' })
    await owner.api(`DELETE /v1/connections/${id}`)
    expect(await connectionOf(owner)).toMatchObject({ state: 'simulated', source: 'simulator' })
  })

  test('opens what shows a whole account at the provider, of that one alone', async () => {
    const routes = ['GET /v1/properties', 'GET /v1/branches', 'GET /v1/providers/homebox/account'] as const
    for (const route of routes) {
      expectProblem(await owner.api(route), 'provider_not_connected')
    }
    await enter(owner, providers, 'homebox')
    for (const route of routes) {
      expect(await heardBy(async () => expect((await owner.api(route)).status).toBe(200))).toEqual([1, 0])
      expectProblem(await borrower.api(route), 'provider_not_connected')
    }
  })

  test('wins over the given one of the account that owns that', async () => {
    const id = await enter(gateway, providers, 'homebox')
    expect(await heardBy(() => gateway.api('GET /v1/branches'))).toEqual([1, 0])
    expect(await heardBy(() => borrower.api('POST /v1/quotes', bodyOf))).toEqual([0, 1])
    await gateway.api(`DELETE /v1/connections/${id}`)
    expect(await heardBy(() => gateway.api('GET /v1/branches'))).toEqual([0, 1])
  })

  test('is of the mode of the key that has entered it', async () => {
    await enter(owner, providers, 'homebox')
    const { accountId } = owner
    const live = await accountAt(gateway, { accountId, mode: 'live' })
    expect((await live.api('GET /v1/connections')).body.data).toEqual([])
    expectProblem(await live.api('POST /v1/quotes', bodyOf), 'provider_not_connected')
    const credentials = { token: 'live-token' }
    for (const base_url of ['https://sandbox.billingbetter.co.uk', 'http://homebox.example']) {
      const body = { provider: 'homebox', base_url, credentials }
      expectProblem(await live.api('POST /v1/connections', { body }), 'validation_failed')
    }
    const { body } = await live.api('POST /v1/connections', { body: { provider: 'homebox', credentials } })
    expect(body).toMatchObject({ mode: 'live', base_url: 'https://accounts.billingbetter.co.uk' })
    expect((await owner.api('GET /v1/connections')).body.data).toHaveLength(1)
    expectProblem(await owner.api(`GET /v1/connections/${body.id}`), 'not_found')
  })
})

describe('what was made through a connection', () => {
  test('is reached through that one, whatever is entered later', async () => {
    const order = await placeOrder(owner, { tenants: [invitee()] })
    const made = (await owner.api('POST /v1/voids', { body: voidRequest() })).body
    await enter(owner, providers, 'homebox')
    const reading = () => owner.api(`GET /v1/orders/${order.id}?refresh=true`)
    expect(await heardBy(reading)).toEqual([0, expect.toSatisfy(count => count > 0)])
    const house = () => owner.api(`GET /v1/properties/${made.property_id}`)
    expect(await heardBy(house)).toEqual([0, 1])
    const tenancy = `GET /v1/properties/${made.property_id}/tenancies/${made.tenancy.id}` as const
    expect(await heardBy(() => owner.api(tenancy))).toEqual([0, 1])
    const invitations = () => owner.api(`GET /v1/orders/${order.id}/invites`)
    expect(await heardBy(async () => expect((await invitations()).status).toBe(200))).toEqual([0, 1])
  })

  test('is polled through that one, beside what is made through the other', async () => {
    await pollAll(gateway.services)
    await placeOrder(owner, { tenants: [invitee()] })
    await enter(owner, providers, 'homebox')
    expect(await heardBy(() => pollAll(gateway.services))).toEqual([0, expect.toSatisfy(count => count > 0)])
    await placeOrder(atOwn, { tenants: [invitee()] })
    expect(await heardBy(() => pollAll(gateway.services))).toEqual([expect.toSatisfy(count => count > 0), 0])
  })

  test('and an offer is ordered where it was made', async () => {
    const offer_id = await homeboxOffer(owner.api)
    await enter(owner, providers, 'homebox')
    const body = { offer_id, bill_payers: 1, tenants: [invitee()] }
    const ordering = async () => expect((await owner.api('POST /v1/orders', { body })).status).toBe(201)
    expect(await heardBy(ordering)).toEqual([0, expect.toSatisfy(count => count > 1)])
  })

  test('is not reached any more once it is deleted, nor through another', async () => {
    const id = await enter(owner, providers, 'homebox')
    const order = await placeOrder(atOwn, { tenants: [invitee()] })
    await owner.api(`DELETE /v1/connections/${id}`)
    const reading = async () =>
      expectProblem(await owner.api(`GET /v1/orders/${order.id}/invites`), 'provider_not_connected')
    expect(await heardBy(reading)).toEqual([0, 0])
    await enter(owner, providers, 'homebox')
    expect(await heardBy(reading)).toEqual([0, 0])
    expect((await owner.api(`GET /v1/orders/${order.id}`)).status).toBe(200)
  })

  test('is looked for there when nobody knows what became of it', async () => {
    await enter(owner, providers, 'homebox')
    const order = await unknownOrder(atOwn)
    expect(await stepsOf(owner, order.id)).toEqual(['unknown', 'planned', 'planned'])
    expect(await heardBy(() => owner.api(`GET /v1/orders/${order.id}?refresh=true`))).toEqual([
      expect.toSatisfy(count => count > 0),
      0,
    ])
    expect(await stepsOf(owner, order.id)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  })

  test('ends not sent where its connection was deleted', async () => {
    const id = await enter(owner, providers, 'homebox')
    const order = await unknownOrder(atOwn)
    await owner.api(`DELETE /v1/connections/${id}`)
    const body = { outcome: 'did_not_happen', send_again: true }
    const resolving = () => owner.api(`POST /v1/operations/${order.operation}/resolve`, { body })
    expect(await heardBy(resolving)).toEqual([0, 0])
    expect(await stepsOf(owner, order.id)).toEqual(['not_sent', 'planned', 'planned'])
  })
})

describe('a person who says what happened', () => {
  const happened = (of: AccountHere, operation: string, provider_id: string) =>
    of.api(`POST /v1/operations/${operation}/resolve`, { body: { outcome: 'happened', provider_id } })
  const newestAt = async (simulators: RunningSimulators) =>
    String(at((await homeboxClient(simulators.homebox).get('/api/partner/order')).body, 'data', 0, 'id'))

  test('is believed of their own connection, where they may see all that there is', async () => {
    await enter(owner, providers, 'homebox')
    await unknownOrder(atOwn)
    const other = await newestAt(providers)
    const order = await unknownOrder(atOwn)
    const answer = await happened(owner, order.operation, other)
    expect([answer.status, await stepsOf(owner, order.id)]).toEqual([
      200,
      ['settled_by_person', 'succeeded', 'succeeded'],
    ])
  })

  test('is not believed of one that was lent to them before they had one', async () => {
    await unknownOrder(gateway)
    const nobodys = await newestAt(gateway.simulators)
    const order = await unknownOrder(owner)
    await enter(owner, providers, 'homebox')
    const answer = await happened(owner, order.operation, nobodys)
    const { errors } = expectProblem(answer, 'validation_failed')
    expect(errors).toMatchObject([{ pointer: '/provider_id', code: 'not_shown' }])
    expect(await stepsOf(owner, order.id)).toEqual(['unknown', 'planned', 'planned'])
  })
})

describe('equal credentials', () => {
  test('share one circuit, whoever has entered them', async () => {
    const other = await accountAt(gateway)
    const upstream = await startUpstream()
    upstream.otherwise(answersJson({}, 500))
    const changes = { base_url: upstream.url, credentials: { token: 'shared' } }
    await enter(owner, providers, 'homebox', changes)
    await enter(other, providers, 'homebox', changes)
    for (let count = 0; count < 8; count += 1) await owner.api('POST /v1/quotes', bodyOf)
    const circuitOf = async ({ api }: AccountHere) => (await api('GET /v1/providers/homebox')).body.circuit
    expect([await circuitOf(owner), await circuitOf(other), await circuitOf(borrower)]).toEqual([
      'open',
      'open',
      'closed',
    ])
    const told = (await other.api('GET /v1/events')).body.data
    expect(told).toMatchObject([{ type: 'provider.circuit_opened', data: { provider: 'homebox' } }])
  })
})
