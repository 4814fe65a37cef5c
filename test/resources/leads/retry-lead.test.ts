import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { contact, leadRequest } from '#test/lead-requests'
import { eventsOf, operationsOf } from '#test/lead-traces'
import { startOneUtilityBillSimulator } from '#simulators/one-utility-bill/index'
import { wipeInputs } from '#journal/store'
import { addDays } from '#values/dates'

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '900' } })
})
afterEach(() => gateway.close())

const create = (changes: Readonly<Record<string, unknown>> = {}) =>
  gateway.api('POST /v1/leads', { body: leadRequest({ providers: ['homebox'], ...changes }) })
const retry = (id: string, body?: unknown) =>
  gateway.api(`POST /v1/leads/${id}/retry`, body === undefined ? {} : { body })
const refuseUs = () => gateway.simulators.homebox.arm({ fault: 'unauthorized', operation: 'leads.create' })

async function failedLead(changes: Readonly<Record<string, unknown>> = {}) {
  refuseUs()
  const { body } = await create(changes)
  return body
}

describe('POST /v1/leads/{lead_id}/retry', () => {
  test('sends again what was refused because of our credentials, once', async () => {
    const lead = await failedLead()
    expect(lead).toMatchObject({
      status: 'failed',
      submissions: [{ status: 'failed', error: { code: 'provider_auth_failed' } }],
    })
    const { status, headers, body } = await retry(lead.id)
    expect(status).toBe(200)
    expect(headers['location']).toBe(`/v1/leads/${lead.id}`)
    expect(body).toMatchObject({
      id: lead.id,
      status: 'submitted',
      submissions: [{ operation_id: lead.submissions[0].operation_id, status: 'submitted', error: null }],
    })
    expect(gateway.simulators.homebox.count('leads.create')).toBe(1)
    expect(await operationsOf(gateway, lead.id)).toMatchObject([
      { state: 'succeeded', attempts: 2, input: null },
    ])
  })

  test('tells in events how a failed lead came to be submitted', async () => {
    const lead = await failedLead()
    await retry(lead.id)
    const told = await eventsOf(gateway, lead.id)
    expect(told.map(({ type, seq, data }) => [seq, type, data['status']])).toEqual([
      [1, 'lead.failed', 'failed'],
      [2, 'lead.status_changed', 'failed'],
      [3, 'lead.status_changed', 'unknown'],
      [4, 'lead.submitted', 'submitted'],
      [5, 'lead.status_changed', 'submitted'],
    ])
  })

  test('sends again what could not be sent because the provider was down', async () => {
    const { one_utility_bill } = gateway.simulators
    await one_utility_bill.stop()
    const { body: lead } = await create({ providers: ['homebox', 'one_utility_bill'] })
    expect(lead).toMatchObject({
      status: 'partial',
      submissions: [
        { status: 'submitted' },
        { status: 'failed', error: { code: 'provider_unavailable', retryable: true } },
      ],
    })
    const back = await startOneUtilityBillSimulator({ port: Number(new URL(one_utility_bill.url).port) })
    const { status, body } = await retry(lead.id)
    await back.stop()
    expect(status).toBe(200)
    expect(body.status).toBe('submitted')
    expect(back.count('leads.create')).toBe(1)
    expect(gateway.simulators.homebox.count('leads.create')).toBe(1)
  })

  test('is of no use yet while the provider has no room', async () => {
    gateway.simulators.homebox.arm({ fault: 'rate-limited', operation: 'leads.create', ms: 60_000 })
    const { body: lead } = await create()
    const busy = {
      status: 'failed',
      submissions: [{ status: 'failed', error: { code: 'rate_limited', retryable: true } }],
    }
    expect(lead).toMatchObject(busy)
    expect(await retry(lead.id)).toMatchObject({ status: 200, body: busy })
    expect(gateway.simulators.homebox.requests()).toHaveLength(1)
  })

  test('is not needed when the provider has room again in time', async () => {
    const patient = await startTestGateway()
    onTestFinished(patient.close)
    patient.simulators.homebox.arm({ fault: 'rate-limited', operation: 'leads.create', ms: 1_000 })
    const { status, body } = await patient.api('POST /v1/leads', {
      body: leadRequest({ providers: ['homebox'] }),
    })
    expect([status, body.status]).toEqual([201, 'submitted'])
    expect(patient.simulators.homebox.requests()).toHaveLength(2)
    expect(patient.simulators.homebox.count('leads.create')).toBe(1)
  })

  test('sends only the submissions that are named', async () => {
    gateway.simulators.one_utility_bill.arm({ fault: 'forbidden', operation: 'leads.create', times: 2 })
    const { body: lead } = await create({
      tenants: [contact(1), contact(2)],
      providers: ['one_utility_bill'],
    })
    const [first, second] = lead.submissions
    const { body } = await retry(lead.id, { operation_ids: [second.operation_id] })
    expect(body.status).toBe('partial')
    expect(body.submissions).toEqual([first, expect.objectContaining({ status: 'submitted' })])
    expect(gateway.simulators.one_utility_bill.count('leads.create')).toBe(1)
  })

  test('answers 202 when the second attempt is unknown, and then sends nothing any more', async () => {
    const lead = await failedLead()
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'leads.create' })
    const { status, body } = await retry(lead.id)
    expect(status).toBe(202)
    expect(body.status).toBe('unknown')
    expect((await retry(lead.id)).status).toBe(409)
    expect(gateway.simulators.homebox.count('leads.create')).toBe(1)
  })

  test('gives the same answer for the same key, byte for byte, without sending again', async () => {
    const lead = await failedLead()
    const headers = { 'idempotency-key': 'retry-1' }
    const first = await gateway.api(`POST /v1/leads/${lead.id}/retry`, { headers })
    const again = await gateway.api(`POST /v1/leads/${lead.id}/retry`, { headers })
    expect(again).toMatchObject({ status: 200, text: first.text, headers: { 'idempotent-replayed': 'true' } })
    expect(gateway.simulators.homebox.count('leads.create')).toBe(1)
  })

  test('sends once when two ask at the same time', async () => {
    const lead = await failedLead()
    const answers = await Promise.all([retry(lead.id), retry(lead.id)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(gateway.simulators.homebox.count('leads.create')).toBe(1)
  })

  test('shows what would be sent again, and sends nothing', async () => {
    const lead = await failedLead()
    const asked = gateway.simulators.homebox.requests().length
    const { status, body } = await gateway.api(`POST /v1/leads/${lead.id}/retry?preview=true`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      object: 'preview',
      requests: [{ provider: 'homebox', method: 'POST', path: '/api/partner/lead' }],
      missing: [],
    })
    expect(gateway.simulators.homebox.requests()).toHaveLength(asked)
    expect((await gateway.api(`GET /v1/leads/${lead.id}`)).body).toEqual(lead)
  })
})

describe('POST /v1/leads/{lead_id}/retry, when nothing can be sent again', () => {
  test('refuses a lead that every provider has taken', async () => {
    const { body: lead } = await create()
    expect(await retry(lead.id)).toMatchObject({ status: 409, body: { code: 'state_conflict' } })
  })

  test.each([
    ['answer-lost', 'unknown'],
    ['refused', 'rejected'],
    ['extra-fields', 'submitted'],
  ] as const)('refuses a submission named after %s, with a pointer', async (fault, code) => {
    gateway.simulators.homebox.arm({ fault, operation: 'leads.create' })
    const { body: lead } = await create()
    const { status, body } = await retry(lead.id, { operation_ids: [lead.submissions[0].operation_id] })
    expect(status).toBe(409)
    expect(body).toMatchObject({
      code: 'state_conflict',
      errors: [{ pointer: '/operation_ids/0', code }],
    })
    expect(gateway.simulators.homebox.requests()).toHaveLength(1)
  })

  test('says so once what was to be sent has been wiped', async () => {
    const lead = await failedLead()
    await wipeInputs(gateway.services.database.sql, addDays(new Date(), 4), 10)
    const { status, body } = await retry(lead.id)
    expect(status).toBe(409)
    expect(body.detail).toContain('72 hours')
    expect((await gateway.api(`GET /v1/leads/${lead.id}`)).body).toEqual(lead)
  })

  test.each([
    [{ operation_ids: ['operation_01kb2z6x9ve8vs2m0g5a7d3c1r'] }, '/operation_ids/0', 'unknown_operation'],
    [{ operation_ids: ['nonsense'] }, '/operation_ids/0', 'invalid_id'],
    [{ operation_ids: [] }, '/operation_ids', 'too_small'],
    [{ providers: ['homebox'] }, '/providers', 'unknown_field'],
  ])('refuses %j', async (body, pointer, code) => {
    const lead = await failedLead()
    expect(await retry(lead.id, body)).toMatchObject({
      status: 422,
      body: { code: 'validation_failed', errors: [{ pointer, code }] },
    })
  })

  test('does not know a lead of nobody’s', async () => {
    expect((await retry('lead_01kb2z6x9ve8vs2m0g5a7d3c1r')).status).toBe(404)
  })
})
