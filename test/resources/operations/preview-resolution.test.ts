import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'
import { newestOrderId, stepsOf, type UnknownOrder, unknownOrder } from '#test/unknown-orders'

let gateway: TestGateway
let order: UnknownOrder
beforeAll(async () => {
  gateway = await startTestGateway()
  order = await unknownOrder(gateway)
})
afterAll(() => gateway.close())

const preview = (body: object, key?: string) =>
  gateway.api(`POST /v1/operations/${order.operation}/resolve?preview=true`, {
    body,
    ...(key ? { key } : {}),
  })
const again = { outcome: 'did_not_happen', send_again: true }

describe('previewing a resolution', () => {
  test('shows what would be sent again under its new name, and what was to follow', async () => {
    const { status, body, text } = await preview(again)
    expect(status).toBe(200)
    expect(body.requests).toMatchObject([
      {
        provider: 'homebox',
        method: 'POST',
        path: '/api/partner/order',
        body: { reference: `${order.id}-2` },
      },
      { method: 'POST', path: '/api/partner/order/{order_id}/tenant', body: { first_name: 'Jane' } },
      { method: 'POST', path: '/api/partner/order/{order_id}/tenant' },
    ])
    expect(text).not.toContain('12345678')
  })

  test('shows what follows when it happened, and nothing when it did not', async () => {
    const happened = await preview({ outcome: 'happened', provider_id: await newestOrderId(gateway) })
    expect(happened.body.requests).toHaveLength(2)
    expect((await preview({ outcome: 'did_not_happen' })).body).toEqual({
      object: 'preview',
      requests: [],
      side_effects: [],
      missing: [],
    })
  })

  test('sends nothing, stores nothing, and is a reading', async () => {
    const { sql } = gateway.services.database
    const { rows } = await sql.query<{ account_id: string }>('SELECT account_id FROM orders LIMIT 1')
    const { key } = await seedKey(gateway, {
      scopes: ['operations:read'],
      accountId: String(rows[0]?.account_id),
    })
    const before = gateway.simulators.homebox.requests().length
    expect((await preview(again, key)).status).toBe(200)
    expect(gateway.simulators.homebox.requests()).toHaveLength(before)
    expect(await stepsOf(gateway, order.id)).toEqual(['unknown', 'planned', 'planned'])
    const { rows: audited } = await sql.query('SELECT 1 FROM audit_entries')
    expect(audited).toEqual([])
    const resolving = gateway.api(`POST /v1/operations/${order.operation}/resolve`, { body: again, key })
    expectProblem(await resolving, 'forbidden')
  })

  test('is refused as the resolution itself would be', async () => {
    expectProblem(await preview({ outcome: 'happened' }), 'validation_failed')
    const { body } = await gateway.api(`GET /v1/orders/${order.id}`)
    const planned = body.steps.at(-1).operation_id
    const answer = await gateway.api(`POST /v1/operations/${planned}/resolve?preview=true`, { body: again })
    expectProblem(answer, 'state_conflict')
  })

  test('is there for the short forms too, and shows nothing once the same was said', async () => {
    const path = `POST /v1/orders/${order.id}/resolve` as const
    expect((await gateway.api(`${path}?preview=true`, { body: again })).body.requests).toHaveLength(3)
    await gateway.api(path, { body: again })
    expect((await gateway.api(`${path}?preview=true`, { body: again })).body.requests).toEqual([])
  })
})
