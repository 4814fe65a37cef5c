import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FaultName } from '#simulators/core/faults'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { mappingsOf } from '#test/lead-traces'
import { createStandingClock, lookAtDue, lookUntilProven } from '#test/looking'
import { invitee, payer } from '#test/orders'
import { at, homeboxClient } from '#test/simulator-client'
import { newestOrderId } from '#test/unknown-orders'

let clock: ReturnType<typeof createStandingClock>
let gateway: TestGateway
beforeEach(async () => {
  clock = createStandingClock()
  gateway = await startTestGateway({ now: clock.now, environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
afterEach(() => gateway.close())

/** Orders a package that the agency pays for, which carries no reference. */
async function partnerPackage(
  fault: FaultName | null,
  { address, ...changes }: Record<string, unknown> = {},
) {
  const { body: quote } = await gateway.api('POST /v1/quotes', {
    body: household({ responsibility: 'partner', providers: ['homebox'], ...changes }),
  })
  if (fault) gateway.simulators.homebox.arm({ fault, operation: 'partner-orders.create' })
  const { bank_account, billing_address } = payer()
  const { body } = await gateway.api('POST /v1/orders', {
    body: {
      offer_id: quote.offers[0].id,
      payer: { bank_account, billing_address },
      tenants: [invitee()],
      ...(address ? { address } : {}),
    },
  })
  return body
}
const show = async (id: string) => (await gateway.api(`GET /v1/orders/${id}`)).body
const operation = async (order: { steps: { operation_id: string }[] }) =>
  (await gateway.api(`GET /v1/operations/${order.steps[0]?.operation_id}`)).body
/** Somebody orders the same beside the gateway. */
const orderTheSame = () =>
  homeboxClient(gateway.simulators.homebox).post(
    '/api/partner/partner-order',
    gateway.simulators.homebox.effects('partner-orders.create').at(-1)?.body,
  )

describe('a partner package whose answer was lost', () => {
  test('is found by its house and dates', async () => {
    const order = await partnerPackage('answer-lost')
    expect(await operation(order)).toMatchObject({ state: 'unknown', reconcile: 'by_scan', reference: null })
    clock.pass(5_000)
    expect(await lookAtDue(gateway)).toBe(1)
    const id = await newestOrderId(gateway)
    expect(await show(order.id)).toMatchObject({
      status: 'pending',
      steps: [{ state: 'succeeded', provider_ids: [id] }],
    })
    expect(await mappingsOf(gateway, order.id)).toMatchObject([
      { provider_resource: 'order', provider_id: id },
    ])
    expect(gateway.simulators.homebox.count('partner-orders.create')).toBe(1)
  })

  test('is left to a person, who is told the ids, where Homebox has two of them', async () => {
    const order = await partnerPackage('answer-lost')
    const twin = String(at((await orderTheSame()).body, 'data', 'tenancy', 'order', 'id'))
    clock.pass(5_000)
    await lookAtDue(gateway)
    const { state, hint } = await operation(order)
    expect(state).toBe('unknown')
    expect(hint).toMatch(/^The provider has more than one that it may be: order \d+, \d+\.$/)
    expect(hint).toContain(twin)
    const body = { outcome: 'happened', provider_id: twin }
    expect((await gateway.api(`POST /v1/orders/${order.id}/resolve`, { body })).status).toBe(200)
    expect((await show(order.id)).status).toBe('pending')
  })

  test('is not taken for one that was made for other dates, another house or before', async () => {
    await partnerPackage(null)
    await partnerPackage(null, { tenancy: { start_date: '2027-09-02', end_date: '2028-08-31' } })
    clock.pass(3_600_000)
    const order = await partnerPackage('cut-before')
    await lookUntilProven(gateway, clock)
    expect(await show(order.id)).toMatchObject({ status: 'failed', steps: [{ state: 'not_sent' }] })
  })

  test('is left to a person where it was ordered by an address id that says nothing of the house', async () => {
    const homebox = homeboxClient(gateway.simulators.homebox)
    const { body: listed } = await homebox.get('/api/partner/address/find/NE1%202QB')
    const address = { address_id: at(listed, 'data', 0, 'address_id'), postcode: 'NE1 2QB' }
    const order = await partnerPackage('answer-lost', { address })
    clock.pass(5_000)
    await lookAtDue(gateway)
    const id = await newestOrderId(gateway)
    expect(await operation(order)).toMatchObject({
      state: 'unknown',
      hint: `The provider has order ${id}, which it may be; there is not enough to compare to be sure.`,
    })
  })
})
