import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'
import { newestOrderId, type UnknownOrder, unknownOrder } from '#test/unknown-orders'

interface Row {
  id: string
  type: string
  resource: string
  sequence: number
  data: Record<string, unknown>
}

let gateway: TestGateway
let order: UnknownOrder
const now = new Date('2026-11-21T12:00:00.000Z')

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
  order = await unknownOrder(gateway)
  const body = { outcome: 'happened', provider_id: await newestOrderId(gateway) }
  await gateway.api(`POST /v1/operations/${order.operation}/resolve`, { body })
})
afterAll(() => gateway.close())

const list = async (query = ''): Promise<Row[]> => (await gateway.api(`GET /v1/events?${query}`)).body.data

describe('GET /v1/events', () => {
  test('lists what happened, newest first', async () => {
    const rows = await list('limit=100')
    const types = rows.map(({ type }) => type)
    expect(types.at(-1)).toBe('quote.completed')
    expect(types.indexOf('operation.settled')).toBeLessThan(types.indexOf('operation.unknown'))
    expect(rows.map(({ id }) => id)).toEqual(
      rows
        .map(({ id }) => id)
        .toSorted()
        .reverse(),
    )
  })

  test('lists those of one type', async () => {
    const rows = await list('type=operation.unknown')
    expect(rows).toMatchObject([{ type: 'operation.unknown', resource: order.operation, sequence: 1 }])
  })

  test('lists those of one resource, numbered without a gap', async () => {
    const rows = await list(`resource=${order.id}`)
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => rows.length - index))
    expect(rows[0]).toMatchObject({ type: 'order.status_changed', data: { status: 'pending' } })
    expect(new Set(rows.map(({ resource }) => resource))).toEqual(new Set([order.id]))
  })

  test('lists those of one type and resource', async () => {
    expect(await list(`resource=${order.operation}&type=operation.settled`)).toMatchObject([{ sequence: 2 }])
    expect(await list(`resource=${order.operation}&type=quote.completed`)).toEqual([])
  })

  test('gives every event once over its pages', async () => {
    const ids: string[] = []
    let cursor = ''
    for (let page = 0; page < 20; page += 1) {
      const { body } = await gateway.api(`GET /v1/events?limit=2${cursor}`)
      ids.push(...body.data.map((row: Row) => row.id))
      if (!body.has_more) break
      cursor = `&cursor=${body.next_cursor}`
    }
    expect(ids).toEqual((await list('limit=100')).map(({ id }) => id))
  })

  test.each([
    ['type=order.exploded', '/query/type', 'invalid_value'],
    ['resource=nonsense', '/query/resource', 'invalid_id'],
  ])('refuses %s', async (query, pointer, code) => {
    const answer = await gateway.api(`GET /v1/events?${query}`)
    expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
  })

  test('holds no personal value', async () => {
    const { text } = await gateway.api('GET /v1/events?limit=100')
    expect(text).not.toMatch(/Jane|smith|07700|\+447700|12345678|NE1 2QB/i)
  })
})

describe('GET /v1/events/{event_id}', () => {
  test('shows one', async () => {
    const [row] = await list('type=operation.unknown')
    const { status, body } = await gateway.api(`GET /v1/events/${row?.id}`)
    expect(status).toBe(200)
    expect(body).toEqual({
      id: row?.id,
      object: 'event',
      mode: 'test',
      type: 'operation.unknown',
      resource: order.operation,
      sequence: 1,
      data: {
        id: order.operation,
        operation: 'orders.create',
        provider: 'homebox',
        state: 'unknown',
        resource: order.id,
      },
      created_at: now.toISOString(),
    })
  })

  test('is not found for another account, or when there is none', async () => {
    const { key } = await seedKey(gateway)
    const [row] = await list()
    expectProblem(await gateway.api(`GET /v1/events/${row?.id}`, { key }), 'not_found')
    expectProblem(await gateway.api('GET /v1/events/event_01kb2z6x9ve8vs2m0g5a7d3c1r'), 'not_found')
    expect((await gateway.api('GET /v1/events', { key })).body.data).toEqual([])
  })
})
