import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { createStandingClock, lookAtDue, metricsOf } from '#test/looking'
import { household } from '#test/households'
import { invitee } from '#test/orders'

const clock = createStandingClock()
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ now: clock.now })
})
afterAll(() => gateway.close())

const { address, tenancy } = household()
function orderAtHousr(email: string) {
  const tenants = [invitee({ email, date_of_birth: '1999-03-04' })]
  const body = { provider: 'housr', address, tenancy, occupants: 4, services: ['gas'], tenants }
  return gateway.api('POST /v1/orders', { body: { ...body, product: 'bills_package' } })
}
async function lostOrder(email: string) {
  gateway.simulators.housr.arm({ fault: 'answer-lost', operation: 'bills-packages.create' })
  const { body } = await orderAtHousr(email)
  const [{ operation_id }] = body.steps
  return { id: body.id, path: `/v1/operations/${operation_id}` as const }
}

describe('an order at Housr whose answer was lost', () => {
  test('waits for a person: listed, told of, measured, and with a hint how to find out', async () => {
    const { id, path } = await lostOrder('listed@example.com')
    clock.pass(86_400_000)
    expect(await lookAtDue(gateway)).toBe(0)
    const { body: operation } = await gateway.api(`GET ${path}?refresh=true`)
    expect(operation).toMatchObject({
      state: 'unknown',
      reconcile: 'by_person',
      resource: id,
      hint: expect.stringContaining('ask Housr'),
    })
    const { body: page } = await gateway.api('GET /v1/operations?state=unknown')
    expect(page.data).toContainEqual(operation)
    const { body: events } = await gateway.api(`GET /v1/events?resource=${operation.id}`)
    expect(events.data).toMatchObject([{ type: 'operation.unknown', data: { resource: id } }])
    expect(await metricsOf(gateway, 'billbridge_intents_unknown')).toMatchObject({ 'provider=housr': 1 })
    expect(gateway.simulators.housr.count('bills-packages.create')).toBe(1)
  })

  test('is settled by what a person says, once however often it is said, and that is kept', async () => {
    const { id, path } = await lostOrder('settled@example.com')
    const body = { outcome: 'happened', provider_id: 'contract-9', note: 'seen in the portal' }
    const first = await gateway.api(`POST ${path}/resolve`, { body })
    const second = await gateway.api(`POST ${path}/resolve`, { body })
    expect([first.status, second.text]).toEqual([200, first.text])
    expect((await gateway.api(`GET /v1/orders/${id}`)).body.status).toBe('pending')
    const { rows } = await gateway.services.database.sql.query<{ found: number }>(
      `SELECT count(*) AS found FROM audit_entries WHERE action = 'operations.resolved' AND data->>'resource' = $1`,
      [id],
    )
    expect(rows).toEqual([{ found: 1 }])
    expect(gateway.simulators.housr.effects().map(({ body: sent }) => sent)).toHaveLength(2)
  })

  test('gets a hint, and no more, when a later order of the same person is refused as associated', async () => {
    const { id, path } = await lostOrder('Twice@example.com')
    const elsewhere = await lostOrder('elsewhere@example.com')
    const later = await orderAtHousr('twice@example.com')
    expect(later).toMatchObject({ status: 422, body: { code: 'provider_rejected' } })
    const { body: operation } = await gateway.api(`GET ${path}`)
    expect(operation).toMatchObject({ state: 'unknown', hint: expect.stringContaining(later.body.resource) })
    expect(operation.hint).not.toMatch(/example\.com/i)
    expect((await gateway.api(`GET /v1/orders/${id}`)).body.status).toBe('unknown')
    expect((await gateway.api(`GET ${elsewhere.path}`)).body.hint).toContain('ask Housr')
  })
})

describe('GET /v1/providers', () => {
  test('says for every unsafe operation how an unknown outcome is found out', async () => {
    const { body } = await gateway.api('GET /v1/providers')
    const modes = Object.fromEntries(
      body.data.flatMap(({ id, capabilities }: { id: string; capabilities: Record<string, string>[] }) =>
        capabilities.map(({ operation, reconcile }) => [`${id} ${operation}`, reconcile]),
      ),
    )
    expect(modes).toMatchObject({
      'homebox orders.create': 'by_reference',
      'homebox leads.create': 'by_scan',
      'homebox tenants.create': 'by_scan',
      'homebox mandates.update': 'by_person',
      'homebox orders.get': null,
      'housr orders.create': 'by_person',
      'one_utility_bill leads.create': 'by_person',
    })
  })
})
