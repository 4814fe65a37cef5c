import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { contact, leadAt, leadRequest } from '#test/lead-requests'
import { eventsOf, mappingsOf, operationsOf } from '#test/lead-traces'
import { createStandingClock, lookAtDue, lookUntilProven } from '#test/looking'
import { at, homeboxClient } from '#test/simulator-client'

// One gateway each: failures add up to an open circuit.
let clock: ReturnType<typeof createStandingClock>
let gateway: TestGateway
beforeEach(async () => {
  clock = createStandingClock()
  gateway = await startTestGateway({ now: clock.now, environment: { PROVIDER_TIMEOUT_MS: '2000' } })
})
afterEach(() => gateway.close())

type Lost = 'answer-lost' | 'applied-error' | 'cut-body' | 'slow' | 'cut-before' | 'error' | 'twice'

/** A lead at Homebox whose answer is lost. */
async function lostLead(fault: Lost = 'answer-lost', changes: Record<string, unknown> = {}) {
  gateway.simulators.homebox.arm({ fault, operation: 'leads.create' })
  const body = leadRequest({ providers: ['homebox'], ...changes })
  return (await gateway.api('POST /v1/leads', { body })).body
}
const show = async (id: string) => (await gateway.api(`GET /v1/leads/${id}`)).body
const operation = async (lead: { submissions: { operation_id: string }[] }) =>
  (await gateway.api(`GET /v1/operations/${lead.submissions[0]?.operation_id}`)).body
async function newestLeadId(): Promise<string> {
  return String(
    at((await homeboxClient(gateway.simulators.homebox).get('/api/partner/lead')).body, 'data', 0, 'id'),
  )
}

describe('a lead that Homebox has although its answer was lost', () => {
  test.each(['answer-lost', 'applied-error', 'cut-body', 'slow'] as const)(
    'is found after %s by its people, dates and house',
    async fault => {
      const lead = await lostLead(fault)
      expect(lead.status).toBe('unknown')
      clock.pass(5_000)
      expect(await lookAtDue(gateway)).toBe(1)
      const id = await newestLeadId()
      expect(await show(lead.id)).toMatchObject({
        status: 'submitted',
        submissions: [{ status: 'submitted', provider_ids: [id], error: null }],
      })
      expect(await mappingsOf(gateway, lead.id)).toEqual([
        { provider: 'homebox', provider_resource: 'lead', provider_id: id },
      ])
      expect((await eventsOf(gateway, lead.id)).map(({ type }) => type)).toEqual([
        'lead.submitted',
        'lead.status_changed',
      ])
      expect(gateway.simulators.homebox.count('leads.create')).toBe(1)
      expect(await operationsOf(gateway, lead.id)).toMatchObject([
        { state: 'succeeded', attempts: 1, input: null },
      ])
    },
  )

  test('shows what the provider says of it, and which house it is there', async () => {
    const lead = await lostLead()
    const { body } = await gateway.api(`GET /v1/leads/${lead.id}?refresh=true&include=provider_data`)
    expect(body).toMatchObject({
      status: 'submitted',
      provider_data: { homebox: { data: expect.anything() } },
    })
    expect(await mappingsOf(gateway, body.property_id)).toMatchObject([{ provider_resource: 'property' }])
  })

  test('is not taken for another lead that looks the same and is known', async () => {
    const body = leadRequest({ providers: ['homebox'] })
    const { body: known } = await gateway.api('POST /v1/leads', { body })
    const lost = await lostLead('cut-before')
    await lookUntilProven(gateway, clock)
    expect(await show(known.id)).toMatchObject({ status: 'submitted' })
    expect(await show(lost.id)).toMatchObject({ status: 'failed', submissions: [{ provider_ids: [] }] })
  })
})

describe('a lead that Homebox may have', () => {
  test('twice is left to a person, who is told the ids', async () => {
    const lost = await lostLead('answer-lost')
    const { body } = await gateway.api('POST /v1/leads', { body: leadRequest({ providers: ['homebox'] }) })
    const twin = await homeboxClient(gateway.simulators.homebox).post(
      '/api/partner/lead',
      gateway.simulators.homebox.effects('leads.create').at(-1)?.body,
    )
    clock.pass(5_000)
    await lookAtDue(gateway)
    const shown = await operation(lost)
    expect([shown.state, body.status]).toEqual(['unknown', 'submitted'])
    expect(shown.hint).toMatch(/more than one/)
    expect(shown.hint).toContain(String(at(twin.body, 'data', 'id')))
    expect(shown.hint).not.toContain(body.submissions[0].provider_ids[0])
    expect(shown.hint).not.toMatch(/@|Smith/)
  })

  test('is left to a person while another of the same people is unknown too', async () => {
    const one = await lostLead('answer-lost')
    const other = await lostLead('cut-before')
    clock.pass(5_000)
    await lookAtDue(gateway)
    for (const lead of [one, other])
      expect(await operation(lead)).toMatchObject({
        state: 'unknown',
        hint: expect.stringContaining(`lead ${await newestLeadId()}`),
      })
  })

  test('is left to a person where neither side names the house', async () => {
    const lost = await lostLead('answer-lost', { address: null, notifications: false })
    clock.pass(5_000)
    await lookAtDue(gateway)
    expect(await operation(lost)).toMatchObject({
      state: 'unknown',
      hint: expect.stringContaining(`lead ${await newestLeadId()}`),
    })
  })
})

describe('a lead that Homebox does not have', () => {
  test('is failed once that is proven, and can be sent again', async () => {
    const lost = await lostLead('error')
    for (const ms of [5_000, 15_000, 45_000, 135_000]) {
      expect((await show(lost.id)).status).toBe('unknown')
      clock.pass(ms)
      await lookAtDue(gateway)
    }
    expect(await show(lost.id)).toMatchObject({
      status: 'failed',
      submissions: [{ status: 'failed', error: { code: 'provider_error', retryable: true } }],
    })
    const { status, body } = await gateway.api(`POST /v1/leads/${lost.id}/retry`)
    expect([status, body.status]).toEqual([200, 'submitted'])
    expect(gateway.simulators.homebox.count('leads.create')).toBe(1)
  })

  test('stays unknown while Homebox cannot be read', async () => {
    const lost = await lostLead('cut-before')
    gateway.simulators.homebox.arm({ fault: 'refused', operation: 'leads.list', times: 100 })
    for (const ms of [5_000, 15_000, 45_000, 135_000, 405_000]) {
      clock.pass(ms)
      expect(await lookAtDue(gateway)).toBe(1)
    }
    expect((await show(lost.id)).status).toBe('unknown')
    const { status } = await gateway.api(`GET /v1/leads/${lost.id}?refresh=true`)
    expect(status).toBe(200)
  })
})

describe('a lead at One Utility Bill whose answer was lost', () => {
  test('is left to a person, who is told how to find out', async () => {
    const email = 'answer-lost@one-utility-bill.example.com'
    const body = leadAt('SW1A 1AA', { providers: ['one_utility_bill'], tenants: [contact(1, { email })] })
    const { body: lead } = await gateway.api('POST /v1/leads', { body })
    clock.pass(3_600_000)
    expect(await lookAtDue(gateway)).toBe(0)
    expect(await operation(lead)).toMatchObject({
      state: 'unknown',
      reconcile: 'by_person',
      hint: expect.stringContaining('ask One Utility Bill'),
    })
    const { body: page } = await gateway.api('GET /v1/operations?state=unknown')
    expect(page.data.map(({ resource }: { resource: string }) => resource)).toEqual([lead.id])
  })
})
