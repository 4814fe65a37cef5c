import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FaultName } from '#simulators/core/faults'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder, sentBelow } from '#test/order-people'
import { invitee, payer } from '#test/orders'
import { startPostgresProxy } from '#test/postgres-proxy'
import { homeboxClient } from '#test/simulator-client'
import { newId } from '#values/ids'

let gateway: TestGateway
let order: PlacedOrder
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '2000' } })
})
beforeEach(async () => {
  gateway.simulators.homebox.disarm()
  order = await placeOrder(gateway)
})
afterAll(() => gateway.close())

const add = async (body: unknown = payer()) =>
  (await gateway.api(`POST ${order.path}/tenants`, { body })).body
const remove = (tenantId: string) => gateway.api(`DELETE ${order.path}/tenants/${tenantId}`)
const arm = (fault: FaultName, operation = 'tenants.delete', times = 1) =>
  gateway.simulators.homebox.arm({ fault, operation, times })

describe('DELETE /v1/orders/{order_id}/tenants/{tenant_id}', () => {
  test('removes a bill payer at Homebox, once however often it is asked', async () => {
    const jane = await add()
    const sent = await sentBelow(gateway, order, async () => {
      const first = await remove(jane.id)
      expect([first.status, first.text]).toEqual([204, ''])
      expect((await remove(jane.id)).status).toBe(204)
    })
    expect(sent).toEqual([['DELETE', `/tenant/${jane.provider_ids[0]}`, null]])
    expect((await gateway.api(`GET ${order.path}/tenants/${jane.id}`)).status).toBe(404)
    expect((await gateway.api(`GET ${order.path}`)).body.tenants).toEqual([])
  })

  test('does not know an unknown id, nor one of another order', async () => {
    const jane = await add()
    const other = await placeOrder(gateway)
    expect((await remove(newId('tenant'))).status).toBe(404)
    expect((await gateway.api(`DELETE ${other.path}/tenants/${jane.id}`)).status).toBe(404)
  })

  test('is done where Homebox does not have them any more', async () => {
    const jane = await add()
    const path = `/api/partner/order/${order.homeboxId}/tenant/${jane.provider_ids[0]}`
    await homeboxClient(gateway.simulators.homebox).delete(path)
    expect((await remove(jane.id)).status).toBe(204)
    expect((await gateway.api(`GET ${order.path}`)).body.tenants).toEqual([])
  })

  test('takes somebody off once when it is asked many times at once', async () => {
    const jane = await add()
    const before = gateway.simulators.homebox.count('tenants.delete')
    const answers = await Promise.all(Array.from({ length: 5 }, () => remove(jane.id)))
    const statuses = answers.map(answer => answer.status)
    expect(statuses.filter(status => status !== 204 && status !== 409)).toEqual([])
    expect(gateway.simulators.homebox.count('tenants.delete') - before).toBe(1)
  })

  test.each(['answer-lost', 'cut-before', 'html', 'hang'] as const)(
    'answers 202 with the operation after %s, and the same one when it is asked again',
    async fault => {
      const jane = await add()
      arm(fault)
      const sent = await sentBelow(gateway, order, async () => {
        const first = await remove(jane.id)
        expect([first.status, first.body.operation, first.body.state]).toEqual([
          202,
          'tenants.delete',
          'unknown',
        ])
        expect(first.headers['location']).toBe(`/v1/operations/${first.body.id}`)
        expect((await remove(jane.id)).body).toEqual(first.body)
      })
      expect(sent.map(([method]) => method)).toEqual(['DELETE'])
    },
  )

  test('is not sent by another process that had looked before nobody knew what became of it', async ({
    onTestFinished,
  }) => {
    const { key, database, simulators } = gateway
    const proxy = await startPostgresProxy(database.url)
    onTestFinished(proxy.close)
    const same = { PROVIDER_TIMEOUT_MS: '2000', BILLBRIDGE_API_KEY: key }
    const shared = { environment: same, database: { ...database, url: proxy.url }, simulators }
    const other = await startTestGateway(shared)
    onTestFinished(other.close)
    const jane = await add()
    const before = gateway.simulators.homebox.count('tenants.delete')
    const looked = proxy.stopAt(1, 'before', 'BEGIN')
    const late = other.api(`DELETE ${order.path}/tenants/${jane.id}`)
    const { release } = await looked
    arm('cut-before')
    const first = await remove(jane.id)
    release()
    expect([(await late).status, (await late).body]).toEqual([202, first.body])
    expect(gateway.simulators.homebox.count('tenants.delete')).toBe(before)
  })

  test('is found out by the next look at the list', async () => {
    const jane = await add()
    arm('answer-lost')
    await remove(jane.id)
    expect((await gateway.api(`GET ${order.path}/tenants`)).body.data).toEqual([])
    expect((await remove(jane.id)).status).toBe(204)
  })

  test('answers the problem when Homebox refuses, and the tenant stays', async () => {
    const jane = await add()
    arm('forbidden', 'tenants.delete', 3)
    expect(await remove(jane.id)).toMatchObject({ status: 502, body: { code: 'provider_auth_failed' } })
    expect((await gateway.api(`GET ${order.path}/tenants/${jane.id}`)).body).toEqual(jane)
    gateway.simulators.homebox.disarm()
    expect((await remove(jane.id)).status).toBe(204)
  })
})

describe('removing somebody who is not at the provider', () => {
  test('withdraws the invitation of who has not signed up', async () => {
    const john = await add(invitee())
    const [invite] = (await gateway.api(`GET ${order.path}/invites`)).body.data
    const sent = await sentBelow(gateway, order, async () => expect((await remove(john.id)).status).toBe(204))
    expect(sent.at(-1)).toEqual(['DELETE', `/invite/${invite.provider_ids[0]}`, null])
    expect((await gateway.api(`GET ${order.path}/invites`)).body.data).toEqual([])
    expect((await gateway.api(`GET ${order.path}/tenants`)).body.data).toEqual([])
    expect((await remove(john.id)).status).toBe(204)
  })

  test('removes who has signed up in the meantime', async () => {
    const john = await add(invitee())
    const [invite] = (await gateway.api(`GET ${order.path}/invites`)).body.data
    const id = gateway.simulators.homebox.happen.signUp(Number(invite.provider_ids[0]), 'john@example.org')
    const sent = await sentBelow(gateway, order, async () => expect((await remove(john.id)).status).toBe(204))
    expect(sent.at(-1)).toEqual(['DELETE', `/tenant/${id}`, null])
  })

  test('takes off who is neither, without a call that changes anything', async () => {
    const john = await add(invitee())
    const [invite] = (await gateway.api(`GET ${order.path}/invites`)).body.data
    expect((await gateway.api(`DELETE ${order.path}/invites/${invite.id}`)).status).toBe(204)
    const sent = await sentBelow(gateway, order, async () => expect((await remove(john.id)).status).toBe(204))
    expect(sent.map(([method]) => method)).toEqual(['GET', 'GET'])
  })

  test('has to wait while nobody knows whether they were added', async () => {
    arm('error', 'tenants.create')
    const { resource } = await add()
    expect(await remove(resource)).toMatchObject({ status: 409, body: { code: 'state_conflict' } })
  })
})
