import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { magicPostcode } from '#simulators/core/magic'
import { expectProblem } from '#test/expect-problem'
import { fixture } from '#test/fixture'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { contact, leadAt, leadRequest } from '#test/lead-requests'
import { mappingsOf } from '#test/lead-traces'
import { seedKey } from '#test/seed'
import { answersJson, startUpstream } from '#test/upstream'

let gateway: TestGateway
let now = new Date('2026-11-21T12:00:00.000Z')
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

const createLead = async (body = leadRequest()) => (await gateway.api('POST /v1/leads', { body })).body
const later = () => {
  now = new Date(now.getTime() + 60_000)
  return now.toISOString()
}

describe('GET /v1/leads/{lead_id}', () => {
  test('answers what the creation answered', async () => {
    const lead = await createLead()
    expect(await gateway.api(`GET /v1/leads/${lead.id}`)).toMatchObject({ status: 200, body: lead })
  })

  test('adds the providers’ own payloads when asked', async () => {
    const lead = await createLead()
    const { body } = await gateway.api(`GET /v1/leads/${lead.id}?include=provider_data`)
    const { provider_data, ...rest } = body
    expect(rest).toEqual(lead)
    expect(Object.keys(provider_data)).toEqual(['homebox', 'one_utility_bill'])
    expect(provider_data.homebox.data.data.tenancy_type).toBe('New Tenancy')
    expect(provider_data.one_utility_bill.data.data.id).toBe(lead.submissions[1].provider_ids[0])
  })

  test.each(['lead_01kb2z6x9ve8vs2m0g5a7d3c1r', 'order_01kb2z6x9ve8vs2m0g5a7d3c1r', 'nonsense'])(
    'does not know %s',
    async id => {
      expectProblem(await gateway.api(`GET /v1/leads/${id}`), 'not_found')
      expectProblem(await gateway.api(`GET /v1/leads/${id}?refresh=true`), 'not_found')
    },
  )

  test('does not know another account’s lead, for reading or for retrying', async () => {
    const { key } = await seedKey(gateway)
    const lead = await createLead()
    const asked = gateway.simulators.homebox.requests().length
    expectProblem(await gateway.api(`GET /v1/leads/${lead.id}`, { key }), 'not_found')
    expectProblem(await gateway.api(`GET /v1/leads/${lead.id}?refresh=true`, { key }), 'not_found')
    expectProblem(await gateway.api(`POST /v1/leads/${lead.id}/retry`, { key }), 'not_found')
    expect((await gateway.api('GET /v1/leads', { key })).body.data).toEqual([])
    expect(gateway.simulators.homebox.requests()).toHaveLength(asked)
  })
})

describe('GET /v1/leads/{lead_id}?refresh=true', () => {
  test('reads every submission at its provider', async () => {
    const lead = await createLead(leadRequest({ tenants: [contact(1), contact(2)] }))
    const asked = gateway.simulators.one_utility_bill.requests().length
    const { body } = await gateway.api(`GET /v1/leads/${lead.id}?refresh=true`)
    const [homeboxId, ...others] = lead.submissions.map(
      (submission: { provider_ids: string[] }) => submission.provider_ids[0],
    )
    expect(gateway.simulators.homebox.requests().at(-1)).toMatchObject({
      method: 'GET',
      path: `/api/partner/lead/${homeboxId}`,
    })
    const read = gateway.simulators.one_utility_bill.requests().slice(asked)
    expect(read.map(({ path }) => path).toSorted()).toEqual(
      others.map((id: string) => `/api/v1/leads/${id}`).toSorted(),
    )
    expect(body).toEqual(lead)
  })

  test('learns when Homebox had done what a lead sets off, and which house it is', async () => {
    const homebox = await startUpstream()
    const own = await startTestGateway({
      environment: {
        BILLBRIDGE_SIMULATOR: 'on',
        HOMEBOX_BASE_URL: homebox.url,
        HOMEBOX_TOKEN: 'token',
      },
      now: () => now,
    })
    onTestFinished(own.close)
    const sample = JSON.parse(JSON.stringify(fixture('homebox', 'leads.create.ok')))
    const { property, ...bare } = sample.data
    homebox.next(
      answersJson({ data: { ...bare, property: null } }),
      answersJson({ data: { ...bare, property, completed_at: '2026-11-20 08:15:00' } }),
    )
    const address = { address_id: 'an-id-of-theirs', postcode: 'EC1V 2NX' }
    const made = await own.api('POST /v1/leads', { body: leadRequest({ address, providers: ['homebox'] }) })
    expect(made.body).toMatchObject({ property_id: null, submissions: [{ completed_at: null }] })
    const updated_at = later()
    const { body } = await own.api(`GET /v1/leads/${made.body.id}?refresh=true`)
    expect(body).toEqual({
      ...made.body,
      updated_at,
      property_id: expect.stringMatching(/^property_/),
      submissions: [{ ...made.body.submissions[0], completed_at: '2026-11-20T08:15:00.000Z' }],
    })
    expect(await mappingsOf(own, body.property_id)).toMatchObject([
      { provider: 'homebox', provider_resource: 'property', provider_id: String(property.id) },
    ])
    expect((await own.api(`GET /v1/leads/${made.body.id}`)).body).toEqual(body)
  })

  test.each(['error', 'html', 'refused'] as const)(
    'leaves everything as it was where a provider answers with %s',
    async fault => {
      const lead = await createLead(leadAt(magicPostcode('read', 'homebox', fault)))
      later()
      const { status, body } = await gateway.api(`GET /v1/leads/${lead.id}?refresh=true`)
      expect(status).toBe(200)
      expect(body).toEqual(lead)
    },
  )

  test('reads nothing that is not known to exist, where only a person can find out', async () => {
    const tenants = [contact(1, { email: 'answer-lost@example.com' })]
    const lead = await createLead(leadRequest({ providers: ['one_utility_bill'], tenants }))
    const asked = gateway.simulators.one_utility_bill.requests().length
    expect((await gateway.api(`GET /v1/leads/${lead.id}?refresh=true`)).body).toEqual(lead)
    expect(gateway.simulators.one_utility_bill.requests()).toHaveLength(asked)
  })
})

describe('GET /v1/leads', () => {
  test('pages through all leads, newest first, each once, and each as it is shown alone', async () => {
    const made: string[] = []
    for (let count = 0; count < 5; count += 1) made.push((await createLead()).id)
    const first = (await gateway.api('GET /v1/leads?limit=3')).body
    const second = (await gateway.api(`GET /v1/leads?limit=100&cursor=${first.next_cursor}`)).body
    const seen = [...first.data, ...second.data].map((lead: { id: string }) => lead.id)
    expect(first).toMatchObject({ object: 'list', has_more: true })
    expect(second).toMatchObject({ has_more: false, next_cursor: null })
    expect(seen.slice(0, 5)).toEqual(made.toReversed())
    expect(new Set(seen).size).toBe(seen.length)
    expect((await gateway.api(`GET /v1/leads/${made[3]}`)).body).toEqual(first.data[1])
  })

  test('shows those in one state', async () => {
    const partial = await createLead(leadRequest({ tenancy: null }))
    const { body } = await gateway.api('GET /v1/leads?status=partial')
    expect(body.data).toEqual([partial])
    expect((await gateway.api('GET /v1/leads?status=failed')).body.data).toEqual([])
  })

  test.each([
    ['status=lost', '/query/status'],
    ['branch_id=nonsense', '/query/branch_id'],
    ['limit=0', '/query/limit'],
    ['provider=homebox', '/query/provider'],
  ])('refuses ?%s', async (query, pointer) => {
    const problem = expectProblem(await gateway.api(`GET /v1/leads?${query}`), 'validation_failed')
    expect(problem.errors).toMatchObject([{ pointer }])
  })

  test('knows no lead of a branch that has none', async () => {
    const { body } = await gateway.api('GET /v1/leads?branch_id=branch_01kb2z6x9ve8vs2m0g5a7d3c1r')
    expect(body.data).toEqual([])
  })
})
