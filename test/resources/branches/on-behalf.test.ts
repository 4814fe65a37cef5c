import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { expectProblem } from '#test/expect-problem'
import { household } from '#test/households'
import { leadRequest } from '#test/lead-requests'
import { homeboxOffer, invitee, payer } from '#test/orders'
import { heardBy, houseNumber, voidRequest } from '#test/portfolio'
import { seedKey } from '#test/seed'

let gateway: TestGateway
let branch_id: string
/** The path of the branch at Homebox. */
let child: string
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
beforeEach(async () => {
  gateway.simulators.homebox.disarm()
  const body = { name: 'Child Partner', email: 'child@example.net' }
  const { body: branch } = await gateway.api('POST /v1/branches', { body })
  branch_id = branch.id
  child = `/child/${branch.provider_ids[0]}`
})
afterAll(() => gateway.close())

/** What Homebox is asked while `work` is done, without its bodies. */
const heard = async (work: () => Promise<unknown>) =>
  (await heardBy(gateway, work)).map(([request]) => request)

async function placeOrder(tenants: unknown[] = []) {
  const offer_id = await homeboxOffer(gateway.api)
  const { body } = await gateway.api('POST /v1/orders', { body: { offer_id, branch_id, tenants } })
  return { ...body, theirs: body.steps[0].provider_ids[0] }
}

describe('on behalf of a branch', () => {
  test('an order is made, its tenant invited and the order read at the endpoints of the branch', async () => {
    const asked = await heard(() => placeOrder([invitee()]))
    const [, made, invited, ...read] = asked
    const { body: list } = await gateway.api('GET /v1/orders?limit=1')
    const [order] = list.data
    const theirs = order.steps[0].provider_ids[0]
    expect([made, invited]).toEqual([`POST ${child}/order`, `POST ${child}/order/${theirs}/invite`])
    expect(read.toSorted()).toEqual([`GET /order/${theirs}/invite`, `GET /order/${theirs}/tenant`])
    expect(order).toMatchObject({ branch_id, status: 'pending' })
    const refreshed = await heard(() => gateway.api(`GET /v1/orders/${order.id}?refresh=true`))
    expect(refreshed).toEqual([`GET ${child}/order/${theirs}`])
  })

  test('what has no endpoint of the branch below an order uses the plain path', async () => {
    const { id, theirs } = await placeOrder()
    const body = payer({ email: 'plain@example.net' })
    const asked = await heard(() => gateway.api(`POST /v1/orders/${id}/tenants`, { body }))
    expect(asked[0]).toBe(`POST /order/${theirs}/tenant`)
    const invited = await heard(() => gateway.api(`POST /v1/orders/${id}/invites`, { body: withoutEmail() }))
    expect(invited[0]).toBe(`POST ${child}/order/${theirs}/invite`)
  })

  test('an order whose answer was lost is looked for among the orders of the branch', async () => {
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'branch-orders.create' })
    const offer_id = await homeboxOffer(gateway.api)
    const { status, body } = await gateway.api('POST /v1/orders', { body: { offer_id, branch_id } })
    expect([status, body.status]).toEqual([202, 'unknown'])
    const { body: found } = await gateway.api(`GET /v1/orders/${body.id}?refresh=true`)
    expect(found).toMatchObject({ status: 'pending', branch_id })
  })

  test('a lead is made and read at the endpoints of the branch', async () => {
    const lead = leadRequest({ providers: ['homebox'], branch_id })
    const asked = await heard(() => gateway.api('POST /v1/leads', { body: lead }))
    expect(asked).toEqual([`POST ${child}/lead`])
    const { body: list } = await gateway.api('GET /v1/leads?limit=1')
    const [{ id, submissions }] = list.data
    const refreshed = await heard(() => gateway.api(`GET /v1/leads/${id}?refresh=true`))
    expect(refreshed).toEqual([`GET ${child}/lead/${submissions[0].provider_ids[0]}`])
  })

  test('a property and a void are made at the endpoints of the branch', async () => {
    const body = { address: houseNumber(900), branch_id }
    expect(await heard(() => gateway.api('POST /v1/properties', { body }))).toEqual([
      `POST ${child}/property`,
    ])
    const period = voidRequest({ address: houseNumber(901), branch_id })
    expect(await heard(() => gateway.api('POST /v1/voids', { body: period }))).toEqual([`POST ${child}/void`])
    const { body: property } = await gateway.api('POST /v1/properties', { body })
    const { body: voids } = await gateway.api('GET /v1/voids?limit=1')
    expect([property.branch_id, voids.data[0].branch_id]).toEqual([branch_id, branch_id])
  })

  test('orders and leads are listed for that branch alone', async () => {
    const { id } = await placeOrder()
    await gateway.api('POST /v1/orders', { body: { offer_id: await homeboxOffer(gateway.api) } })
    const { body: lead } = await gateway.api('POST /v1/leads', {
      body: leadRequest({ providers: ['homebox'], branch_id }),
    })
    await gateway.api('POST /v1/leads', { body: leadRequest({ providers: ['homebox'] }) })
    const idsIn = async (list: 'orders' | 'leads') =>
      (await gateway.api(`GET /v1/${list}?branch_id=${branch_id}`)).body.data.map(
        (row: { id: string }) => row.id,
      )
    expect([await idsIn('orders'), await idsIn('leads')]).toEqual([[id], [lead.id]])
  })

  test('no partner package is ordered', async () => {
    const { body: quote } = await gateway.api('POST /v1/quotes', {
      body: household({ responsibility: 'partner', providers: ['homebox'] }),
    })
    const { bank_account, billing_address } = payer()
    const body = { offer_id: quote.offers[0].id, branch_id, payer: { bank_account, billing_address } }
    const asked = await heard(async () => {
      expectProblem(await gateway.api('POST /v1/orders', { body }), 'capability_not_supported')
    })
    expect(asked).toEqual([])
  })
})

function withoutEmail() {
  const { email: _, ...rest } = invitee({ phone: '07700 900789' })
  return rest
}

describe('a branch that is none of the account', () => {
  test.each(['unknown', "somebody else's"])('is refused with a pointer: %s', async which => {
    const unknown = which === 'unknown'
    const { key } = await seedKey(gateway)
    const named = unknown ? 'branch_01kb2z6x9ve8vs2m0g5a7d3c1r' : branch_id
    const request = unknown ? {} : { key }
    const { body: quote } = await gateway.api('POST /v1/quotes', {
      body: household({ providers: ['homebox'] }),
      ...request,
    })
    const bodies = {
      orders: { offer_id: quote.offers[0].id, branch_id: named },
      leads: leadRequest({ providers: ['homebox'], branch_id: named }),
      properties: { address: houseNumber(902), branch_id: named },
      voids: voidRequest({ branch_id: named }),
    }
    const asked = await heard(async () => {
      for (const [path, body] of Object.entries(bodies)) {
        const answer = await gateway.api(`POST /v1/${path}`, { body, ...request })
        const { errors } = expectProblem(answer, 'validation_failed')
        expect(errors, path).toMatchObject([{ pointer: '/branch_id', code: 'unknown_branch' }])
      }
    })
    expect(asked).toEqual([])
  })
})
