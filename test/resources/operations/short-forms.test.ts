import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { contact, leadRequest } from '#test/lead-requests'
import { seedKey } from '#test/seed'
import { newestOrderId, stepsOf, unknownOrder } from '#test/unknown-orders'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

type Submission = { provider: string; status: string; operation_id: string; provider_ids: string[] }

/** A lead for two people, so that One Utility Bill gets two; as many answers of its as asked for are lost. */
async function unknownLead(lost: number): Promise<{ id: string; operations: string[] }> {
  gateway.simulators.one_utility_bill.arm({ fault: 'answer-lost', operation: 'leads.create', times: lost })
  const { body } = await gateway.api('POST /v1/leads', {
    body: leadRequest({ providers: ['one_utility_bill'], tenants: [contact(), contact()] }),
  })
  const unknown = body.submissions.filter(({ status }: Submission) => status === 'unknown')
  return { id: body.id, operations: unknown.map(({ operation_id }: Submission) => operation_id) }
}

describe('POST /v1/orders/{order_id}/resolve', () => {
  test('resolves the one operation that is unknown, and answers it', async () => {
    const order = await unknownOrder(gateway)
    const body = { outcome: 'happened', provider_id: await newestOrderId(gateway) }
    const answer = await gateway.api(`POST /v1/orders/${order.id}/resolve`, { body })
    expect(answer).toMatchObject({ status: 200, body: { id: order.operation, state: 'settled_by_person' } })
    expect(await stepsOf(gateway, order.id)).toEqual(['settled_by_person', 'succeeded', 'succeeded'])
  })

  test('answers the same word again with the same operation', async () => {
    const order = await unknownOrder(gateway, { fault: 'cut-before' })
    const send = (word: object) => gateway.api(`POST /v1/orders/${order.id}/resolve`, { body: word })
    const first = await send({ outcome: 'did_not_happen' })
    expect((await send({ outcome: 'did_not_happen' })).body).toEqual(first.body)
    expectProblem(await send({ outcome: 'did_not_happen', send_again: true }), 'state_conflict')
  })

  test('is a conflict where nothing is unknown', async () => {
    const order = await unknownOrder(gateway, { step: 'tenants.create' })
    const body = { outcome: 'happened' }
    await gateway.api(`POST /v1/operations/${order.operation}/resolve`, { body })
    const answer = await gateway.api(`POST /v1/orders/${order.id}/resolve`, {
      body: { outcome: 'did_not_happen' },
    })
    expect(expectProblem(answer, 'state_conflict').detail).toBe('No outcome of this order is unknown.')
  })

  test('knows no order of another account or of the other mode, and none that does not exist', async () => {
    const order = await unknownOrder(gateway)
    const { key } = await seedKey(gateway)
    const body = { outcome: 'did_not_happen' }
    expectProblem(await gateway.api(`POST /v1/orders/${order.id}/resolve`, { body, key }), 'not_found')
    const { sql } = gateway.services.database
    const { rows } = await sql.query<{ account_id: string }>('SELECT account_id FROM orders LIMIT 1')
    const live = await seedKey(gateway, { mode: 'live', accountId: String(rows[0]?.account_id) })
    const inLive = gateway.api(`POST /v1/orders/${order.id}/resolve`, { body, key: live.key })
    expectProblem(await inLive, 'not_found')
    const unmade = 'order_01kb2z6x9ve8vs2m0g5a7d3c1r'
    expectProblem(await gateway.api(`POST /v1/orders/${unmade}/resolve`, { body }), 'not_found')
  })
})

describe('POST /v1/leads/{lead_id}/resolve', () => {
  test('maps the id that the lead has at the provider, and the lead is submitted', async () => {
    const lead = await unknownLead(1)
    const provider_id = '0197b1a2-7c3d-7e4f-8a5b-6c7d8e9f0a1b'
    const body = { outcome: 'happened', provider_id }
    const answer = await gateway.api(`POST /v1/leads/${lead.id}/resolve`, { body })
    expect(answer).toMatchObject({
      status: 200,
      body: { id: lead.operations[0], provider_ids: [provider_id] },
    })
    const shown = (await gateway.api(`GET /v1/leads/${lead.id}`)).body
    expect(shown.status).toBe('submitted')
    const ids = shown.submissions.flatMap((submission: Submission) => submission.provider_ids)
    expect(ids).toContain(provider_id)
    const { body: mappings } = await gateway.api(`GET /v1/mappings?resource=${lead.id}`)
    expect(mappings.data.map((row: { provider_id: string }) => row.provider_id)).toContain(provider_id)
  })

  test('takes the word without an id too', async () => {
    const lead = await unknownLead(1)
    await gateway.api(`POST /v1/leads/${lead.id}/resolve`, { body: { outcome: 'happened' } })
    expect((await gateway.api(`GET /v1/leads/${lead.id}`)).body.status).toBe('submitted')
  })

  test('names the operations where several are unknown, and resolves none', async () => {
    const lead = await unknownLead(2)
    const body = { outcome: 'did_not_happen' }
    const problem = expectProblem(
      await gateway.api(`POST /v1/leads/${lead.id}/resolve`, { body }),
      'state_conflict',
    )
    expect(lead.operations).toHaveLength(2)
    for (const operation of lead.operations) expect(problem.detail).toContain(operation)
    expect((await gateway.api(`GET /v1/leads/${lead.id}`)).body.status).toBe('unknown')
  })

  test('sends again what did not happen, once', async () => {
    const before = gateway.simulators.one_utility_bill.count('leads.create')
    const lead = await unknownLead(1)
    const body = { outcome: 'did_not_happen', send_again: true }
    const answer = await gateway.api(`POST /v1/leads/${lead.id}/resolve`, { body })
    expect(answer).toMatchObject({ status: 200, body: { state: 'succeeded', reference: null, attempts: 2 } })
    // Two people, and the one whose answer was lost had been taken after all: a person may be wrong.
    expect(gateway.simulators.one_utility_bill.count('leads.create') - before).toBe(3)
    expect((await gateway.api(`GET /v1/leads/${lead.id}`)).body.status).toBe('submitted')
  })
})
