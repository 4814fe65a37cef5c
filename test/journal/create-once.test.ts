import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { respond } from '#http/answer'
import type { Call } from '#http/caller'
import { createOnce } from '#journal/create-once'
import { lockOrderRow } from '#resources/orders/store'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder } from '#test/order-people'
import { payer } from '#test/orders'
import { bootstrapAccount } from '#test/seeded-order'
import { findTenantOfOrder, insertTenant } from '#tenants/store'
import { newUuid, uuidOf } from '#values/ids'
import { z } from 'zod'
import { PATIENCE } from '#test/patience'

let gateway: TestGateway
let order: PlacedOrder
beforeAll(async () => {
  gateway = await startTestGateway()
  order = await placeOrder(gateway)
})
afterAll(() => gateway.close())

const Shown = z.object({ email: z.string().nullable() })

async function callOf(key: string): Promise<Call> {
  return {
    caller: { accountId: await bootstrapAccount(gateway), mode: 'test', keyId: newUuid(), scopes: [] },
    requestId: 'req_create-once',
    traceparent: undefined,
    idempotency: { key, method: 'POST', path: '/v1/test', body: null },
    spentUpstream: () => undefined,
  }
}

/** Invites somebody through createOnce itself; `learn` is what the test is about. */
function invite(call: Call, learn: () => Promise<() => Promise<void>>) {
  const { services } = gateway
  const connection = services.connections.of(call.caller).get('homebox')
  if (!connection) throw new Error('Homebox is not connected')
  const uuid = newUuid()
  const orderUuid = uuidOf('order', order.id)
  const person = { firstName: 'Al', lastName: 'K', email: 'al@example.org', phone: '+447700900555' }
  const unknown = { countryCode: null, dateOfBirth: null, nationality: null, billingAddress: null }
  const at = services.now()
  return createOnce(services, call, {
    prepare: async () => ({
      resource: { prefix: 'tenant', uuid },
      step: {
        operation: 'invites.create',
        connection,
        input: {
          order_id: order.homeboxId,
          branch_id: null,
          invite: { first_name: 'Al', last_name: 'K', phone: person.phone },
        },
      },
      writeDown: async tx => {
        await lockOrderRow(tx, call.caller, orderUuid)
        insertTenant(tx, call.caller, {
          ...person,
          ...unknown,
          uuid,
          orderUuid,
          leadUuid: null,
          position: 0,
          at,
        })
      },
      learn,
    }),
    show: async (sql, made) =>
      respond(
        Shown,
        (await findTenantOfOrder(sql, call.caller, orderUuid, made))?.tenant ?? { email: null },
        {
          status: 201,
        },
      ),
  })
}

describe('something that is made by one operation', () => {
  test('is answered from the resource when the first request broke off after it was done', async () => {
    const before = gateway.simulators.homebox.count('invites.create')
    const call = await callOf('broken-off')
    const broken = invite(call, () => Promise.reject(new Error('the process is gone')))
    await expect(broken).rejects.toThrow('the process is gone')
    const again = await invite(call, () => Promise.reject(new Error('must not be asked for')))
    expect([again.status, again.body]).toEqual([201, '{"email":"al@example.org"}'])
    const replayed = await invite(call, () => Promise.reject(new Error('must not be asked for')))
    expect([replayed.body, replayed.headers['idempotent-replayed']]).toEqual([again.body, 'true'])
    expect(gateway.simulators.homebox.count('invites.create') - before).toBe(1)
  })

  test('has one answer when it is asked for again while its id is being read', async () => {
    gateway.simulators.homebox.arm({ fault: 'slow', operation: 'tenants.list', ms: 700 })
    const before = gateway.simulators.homebox.requests().length
    const request = { body: payer(), headers: { 'idempotency-key': 'while-reading' } }
    const first = gateway.api(`POST ${order.path}/tenants`, request)
    await vi.waitFor(() => {
      const since = gateway.simulators.homebox.requests().slice(before)
      expect(since.some(({ method, path }) => method === 'GET' && path.endsWith('/tenant'))).toBe(true)
    }, PATIENCE)
    const second = await gateway.api(`POST ${order.path}/tenants`, request)
    expect([second.status, (await first).text]).toEqual([201, second.text])
    expect(gateway.simulators.homebox.count('tenants.create')).toBe(1)
  })
})
