import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { leadRequest } from '#test/lead-requests'
import { seedKey } from '#test/seed'
import { type UnknownOrder, unknownOrder } from '#test/unknown-orders'
import { uuidOf } from '#values/ids'

interface Row {
  id: string
  operation: string
  provider: string
  state: string
  resource: string
  error: { code: string } | null
}

let gateway: TestGateway
let order: UnknownOrder
let silent: UnknownOrder
let leadId: string
let now = new Date('2026-11-21T12:00:00.000Z')

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
  order = await unknownOrder(gateway, { step: 'tenants.create' })
  leadId = (await gateway.api('POST /v1/leads', { body: leadRequest() })).body.id
  silent = await unknownOrder(gateway)
  await gateway.services.database.sql.query(
    `UPDATE operations SET state = 'sending', lease_until = $2, error = NULL WHERE id = $1`,
    [uuidOf('operation', silent.operation), new Date(now.getTime() + 1_000)],
  )
})
afterAll(() => gateway.close())

const list = async (query = ''): Promise<Row[]> =>
  (await gateway.api(`GET /v1/operations?${query}`)).body.data
const whole = (rows: Row[]) => rows.map(({ operation, provider, state }) => [operation, provider, state])

describe('GET /v1/operations', () => {
  test('lists what was to be done, newest first', async () => {
    expect(whole(await list())).toEqual([
      ['tenants.create', 'homebox', 'planned'],
      ['tenants.create', 'homebox', 'planned'],
      ['orders.create', 'homebox', 'sending'],
      ['leads.create', 'one_utility_bill', 'succeeded'],
      ['leads.create', 'homebox', 'succeeded'],
      ['tenants.create', 'homebox', 'planned'],
      ['tenants.create', 'homebox', 'unknown'],
      ['orders.create', 'homebox', 'succeeded'],
    ])
  })

  test.each([
    ['provider=one_utility_bill', [['leads.create', 'one_utility_bill', 'succeeded']]],
    ['provider=housr', []],
    ['operation=leads.create&provider=homebox', [['leads.create', 'homebox', 'succeeded']]],
    ['operation=payments.refund', []],
    ['state=sending', [['orders.create', 'homebox', 'sending']]],
    ['state=unknown', [['tenants.create', 'homebox', 'unknown']]],
    ['state=succeeded&operation=orders.create', [['orders.create', 'homebox', 'succeeded']]],
    ['state=refused', []],
  ])('filters by %s', async (query, expected) => {
    expect(whole(await list(query))).toEqual(expected)
  })

  test('filters by resource, alone and with everything else', async () => {
    expect(whole(await list(`resource=${order.id}`))).toEqual([
      ['tenants.create', 'homebox', 'planned'],
      ['tenants.create', 'homebox', 'unknown'],
      ['orders.create', 'homebox', 'succeeded'],
    ])
    const all = `resource=${order.id}&state=unknown&provider=homebox&operation=tenants.create`
    expect((await list(all)).map(({ id }) => id)).toEqual([order.operation])
    expect(await list(`resource=${leadId}&state=unknown`)).toEqual([])
  })

  test('gives every row once over its pages, whatever is filtered', async () => {
    for (const filter of [
      '',
      'state=planned&',
      'operation=tenants.create&',
      'provider=homebox&',
      `resource=${order.id}&`,
    ]) {
      const ids: string[] = []
      let cursor = ''
      for (let page = 0; page < 10; page += 1) {
        const { body } = await gateway.api(`GET /v1/operations?${filter}limit=1${cursor}`)
        ids.push(...body.data.map((row: Row) => row.id))
        if (!body.has_more) break
        cursor = `&cursor=${body.next_cursor}`
      }
      expect(ids).toEqual((await list(filter)).map(({ id }) => id))
    }
  })

  test.each([
    ['state=perhaps', '/query/state', 'invalid_value'],
    ['provider=nobody', '/query/provider', 'invalid_value'],
    ['resource=nonsense', '/query/resource', 'invalid_id'],
    ['operation=a%00b', '/query/operation', 'invalid_characters'],
    ['limit=0', '/query/limit', 'out_of_range'],
    ['status=unknown', '/query/status', 'unknown_field'],
  ])('refuses %s', async (query, pointer, code) => {
    const answer = await gateway.api(`GET /v1/operations?${query}`)
    expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
  })

  test('shows nothing of another account, and nothing of the other mode', async () => {
    const { key } = await seedKey(gateway)
    expect((await gateway.api('GET /v1/operations', { key })).body.data).toEqual([])
    expectProblem(await gateway.api(`GET /v1/operations/${order.operation}`, { key }), 'not_found')
    expect((await gateway.api(`GET /v1/operations?resource=${order.id}`, { key })).body.data).toEqual([])
  })
})

describe('GET /v1/operations/{operation_id}', () => {
  test('shows one with why it did not succeed, and nothing of its input', async () => {
    const { status, body, text } = await gateway.api(`GET /v1/operations/${order.operation}`)
    expect(status).toBe(200)
    expect(body).toEqual({
      id: order.operation,
      object: 'operation',
      mode: 'test',
      operation: 'tenants.create',
      provider: 'homebox',
      resource: order.id,
      state: 'unknown',
      reconcile: 'by_scan',
      reference: null,
      provider_ids: [],
      error: expect.objectContaining({ code: 'provider_unavailable', provider_status: null }),
      hint: null,
      attempts: 1,
      created_at: now.toISOString(),
      settled_at: null,
    })
    expect(text).not.toContain('12345678')
  })

  test('is not found when there is none', async () => {
    const answer = await gateway.api('GET /v1/operations/operation_01kb2z6x9ve8vs2m0g5a7d3c1r')
    expectProblem(answer, 'not_found')
  })
})

describe('an operation whose sender has gone silent', () => {
  test('reads as unknown in the list, by state and alone, before anybody has ended it', async () => {
    now = new Date(now.getTime() + 2_000)
    expect((await list('state=unknown')).map(({ id }) => id)).toEqual([silent.operation, order.operation])
    expect(await list('state=sending')).toEqual([])
    const [, , first] = await list()
    expect(first).toMatchObject({ state: 'unknown', error: { code: 'provider_outcome_unknown' } })
    expect((await gateway.api(`GET /v1/operations/${silent.operation}`)).body.state).toBe('unknown')
    await gateway.services.journal.recover()
    expect((await list('state=unknown')).map(({ id }) => id)).toEqual([silent.operation, order.operation])
  })
})
