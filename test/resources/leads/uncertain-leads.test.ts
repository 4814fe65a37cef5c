import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { contact, leadRequest } from '#test/lead-requests'
import { eventsOf, operationsOf } from '#test/lead-traces'
import { type FaultName, faults } from '#simulators/core/faults'

// One gateway each: failures add up to an open circuit.
let gateway: TestGateway
beforeEach(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '2000' } })
})
afterEach(() => gateway.close())

const headers = { 'idempotency-key': 'lead-1' }
const leadAgainst = (provider: 'homebox' | 'one_utility_bill', fault: string) =>
  leadRequest({ providers: [provider], tenants: [contact(1, { email: `${fault}@example.com` })] })

const uncertain = [
  ['answer-lost', 'provider_unavailable'],
  ['cut-before', 'provider_unavailable'],
  ['error', 'provider_error'],
  ['applied-error', 'provider_error'],
  ['unavailable', 'provider_unavailable'],
  ['html', 'provider_error'],
  ['cut-body', 'provider_error'],
  ['renamed-field', 'provider_error'],
  ['hang', 'provider_timeout'],
  ['slow', 'provider_timeout'],
] as const satisfies readonly (readonly [FaultName, string])[]
const cases = (['homebox', 'one_utility_bill'] as const).flatMap(provider =>
  uncertain.map(([fault, code]) => ({ provider, fault, code })),
)

describe('POST /v1/leads, when nobody knows what the provider did', () => {
  test.each(cases)(
    '$fault at $provider is unknown, and never sent again',
    async ({ provider, fault, code }) => {
      const request = { body: leadAgainst(provider, fault), headers }
      const first = await gateway.api('POST /v1/leads', request)
      expect(first.status).toBe(202)
      expect(first.body.status).toBe('unknown')
      expect(first.body.submissions).toMatchObject([{ status: 'unknown', provider_ids: [], error: { code } }])

      const asked = gateway.simulators[provider].requests().length
      const again = await gateway.api('POST /v1/leads', request)
      const retried = await gateway.api(`POST /v1/leads/${first.body.id}/retry`)
      expect(again).toMatchObject({
        status: 202,
        text: first.text,
        headers: { 'idempotent-replayed': 'true' },
      })
      expect(again.headers['location']).toBe(first.headers['location'])
      expect(retried).toMatchObject({ status: 409, body: { code: 'state_conflict' } })
      expect(gateway.simulators[provider].requests()).toHaveLength(asked)
      expect(gateway.simulators[provider].count('leads.create')).toBe(faults[fault].applied)
      expect(await operationsOf(gateway, first.body.id)).toMatchObject([{ state: 'unknown', attempts: 1 }])
    },
  )

  test('makes the whole lead unknown while another provider has taken it', async () => {
    const tenants = [contact(1, { email: 'answer-lost@one-utility-bill.example.com' }), contact(2)]
    const { status, body } = await gateway.api('POST /v1/leads', { body: leadRequest({ tenants }) })
    expect(status).toBe(202)
    expect(body.status).toBe('unknown')
    expect(body.submissions).toMatchObject([
      { provider: 'homebox', status: 'submitted' },
      { provider: 'one_utility_bill', tenant_id: body.tenants[0].id, status: 'unknown' },
      { provider: 'one_utility_bill', tenant_id: body.tenants[1].id, status: 'submitted' },
    ])
    expect((await gateway.api('GET /v1/leads?status=unknown')).body.data).toEqual([body])
  })

  test('tells of what was taken, and not of what nobody knows', async () => {
    const email = 'answer-lost@one-utility-bill.example.com'
    const { body } = await gateway.api('POST /v1/leads', {
      body: leadRequest({ tenants: [contact(1, { email })] }),
    })
    expect((await eventsOf(gateway, body.id)).map(({ type }) => type)).toEqual(['lead.submitted'])
  })

  test('takes one lead that the provider recorded twice as one', async () => {
    const { status, body } = await gateway.api('POST /v1/leads', {
      body: leadAgainst('homebox', 'twice'),
      headers,
    })
    expect(status).toBe(201)
    expect(body.submissions).toMatchObject([{ status: 'submitted', provider_ids: [expect.any(String)] }])
    expect(gateway.simulators.homebox.requests()).toHaveLength(1)
  })

  test('does not mind fields that no document names', async () => {
    const email = 'extra-fields@example.com'
    const { status, body } = await gateway.api('POST /v1/leads', {
      body: leadRequest({ tenants: [contact(1, { email })] }),
    })
    expect(status).toBe(201)
    expect(body.status).toBe('submitted')
  })
})
