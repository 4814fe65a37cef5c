import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { contact, leadRequest } from '#test/lead-requests'
import { eventsOf, mappingsOf } from '#test/lead-traces'
import { uuidOf } from '#values/ids'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const unknownAt = (provider: string) =>
  leadRequest({ tenants: [contact(1, { email: `answer-lost@${provider}.example.com` })] })
const show = async (id: string) => (await gateway.api(`GET /v1/leads/${id}`)).body

async function settle(leadId: string, finding: Readonly<Record<string, unknown>>) {
  const answer = await gateway.api(`POST /v1/leads/${leadId}/resolve`, { body: finding })
  expect(answer.status).toBe(200)
}

describe('a submission that a person has settled', () => {
  test('is submitted under the id that they gave when it had happened', async () => {
    const { body } = await gateway.api('POST /v1/leads', { body: unknownAt('one-utility-bill') })
    await settle(body.id, { outcome: 'happened', provider_id: 'their-lead-1' })
    const lead = await show(body.id)
    expect(lead.status).toBe('submitted')
    expect(lead.submissions[1]).toEqual({
      ...body.submissions[1],
      status: 'submitted',
      provider_ids: ['their-lead-1'],
      error: null,
    })
    expect(await mappingsOf(gateway, lead.id)).toContainEqual({
      provider: 'one_utility_bill',
      provider_resource: 'lead',
      provider_id: 'their-lead-1',
    })
  })

  test('is failed when it had not happened, and the lead is what the others make of it', async () => {
    const { body } = await gateway.api('POST /v1/leads', { body: unknownAt('one-utility-bill') })
    await settle(body.id, { outcome: 'did_not_happen' })
    const lead = await show(body.id)
    expect(lead.status).toBe('partial')
    expect(lead.submissions[1]).toMatchObject({ status: 'failed', provider_ids: [] })
    expect((await eventsOf(gateway, lead.id)).map(({ type, data }) => [type, data['status']])).toEqual([
      ['lead.submitted', 'submitted'],
      ['lead.failed', 'failed'],
      ['lead.status_changed', 'partial'],
    ])
  })

  test('can be read at the provider then', async () => {
    const { body } = await gateway.api('POST /v1/leads', { body: unknownAt('homebox') })
    await settle(body.id, { outcome: 'happened', provider_id: '4711' })
    await gateway.api(`GET /v1/leads/${body.id}?refresh=true`)
    expect(gateway.simulators.homebox.requests().at(-1)).toMatchObject({
      method: 'GET',
      path: '/api/partner/lead/4711',
    })
  })

  test('is submitted when they have it sent again', async () => {
    gateway.simulators.homebox.arm({ fault: 'cut-before', operation: 'leads.create' })
    const request = { body: leadRequest({ providers: ['homebox'] }) }
    const { body } = await gateway.api('POST /v1/leads', request)
    const before = gateway.simulators.homebox.count('leads.create')
    await settle(body.id, { outcome: 'did_not_happen', send_again: true })
    expect(await show(body.id)).toMatchObject({ status: 'submitted', submissions: [{ error: null }] })
    expect(gateway.simulators.homebox.count('leads.create')).toBe(before + 1)
  })

  test('needs no id to count as submitted', async () => {
    const { body } = await gateway.api('POST /v1/leads', { body: unknownAt('homebox') })
    await settle(body.id, { outcome: 'happened' })
    expect(await show(body.id)).toMatchObject({
      status: 'submitted',
      submissions: [{ status: 'submitted', provider_ids: [] }, { status: 'submitted' }],
    })
  })

  test('is not sent again by a retry, which says why', async () => {
    const { body } = await gateway.api('POST /v1/leads', { body: unknownAt('homebox') })
    await settle(body.id, { outcome: 'did_not_happen' })
    const asked = gateway.simulators.homebox.requests().length
    const retried = await gateway.api(`POST /v1/leads/${body.id}/retry`)
    expect(retried).toMatchObject({ status: 409, body: { code: 'state_conflict' } })
    expect(retried.body.detail).toContain('once a person has settled it')
    expect(gateway.simulators.homebox.requests()).toHaveLength(asked)
  })
})

describe('a submission whose sender died', () => {
  test('is unknown once it is given up, and the key’s answer is the lead as it stands', async () => {
    const headers = { 'idempotency-key': 'dead-1' }
    const request = { body: leadRequest({ providers: ['homebox'] }), headers }
    const { body } = await gateway.api('POST /v1/leads', request)
    const { sql } = gateway.services.database
    // As if the process had ended between the call and the commit that settles it.
    const [uuid, past] = [uuidOf('lead', body.id), new Date(Date.now() - 1_000)]
    await sql.query(
      "UPDATE operations SET state = 'sending', lease_until = $2, provider_ids = '[]' WHERE resource_id = $1",
      [uuid, past],
    )
    await sql.query("UPDATE leads SET status = 'unknown' WHERE id = $1", [uuid])
    await sql.query(
      "UPDATE lead_submissions SET status = 'unknown', provider_ids = '[]' WHERE lead_id = $1",
      [uuid],
    )
    await sql.query(
      "UPDATE idempotency_records SET state = 'running', body = NULL, lease_until = $1 WHERE key = 'dead-1'",
      [past],
    )
    const asked = gateway.simulators.homebox.requests().length
    expect(await gateway.services.journal.recover()).toBe(1)
    const answer = await gateway.api('POST /v1/leads', request)
    expect(answer.status).toBe(202)
    expect(answer.body).toMatchObject({
      id: body.id,
      status: 'unknown',
      submissions: [{ status: 'unknown', error: { code: 'provider_outcome_unknown' } }],
    })
    expect((await gateway.api('POST /v1/leads', request)).text).toBe(answer.text)
    expect(gateway.simulators.homebox.requests()).toHaveLength(asked)
  })
})
