import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'
import { answers, type FaultyUpstream, startUpstream } from '#test/upstream'
import {
  deliveriesOf,
  happen,
  type MadeWebhook,
  makeWebhook,
  startDeliverer,
  untilDelivery,
} from '#test/webhooks'

const now = new Date('2026-11-21T12:00:00.000Z')
let gateway: TestGateway
let receiver: FaultyUpstream
let webhook: MadeWebhook
beforeAll(async () => {
  gateway = await startTestGateway({
    environment: { BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' },
    now: () => now,
  })
})
afterAll(() => gateway.close())
beforeEach(async () => {
  for (const { id } of (await gateway.api('GET /v1/webhooks')).body.data)
    await gateway.api(`DELETE /v1/webhooks/${id}`)
  receiver = await startUpstream()
  webhook = await makeWebhook(gateway, { url: receiver.url, events: ['order.status_changed'] })
})

const redeliver = (id: string | undefined) =>
  gateway.api(`POST /v1/webhooks/${webhook.id}/deliveries/${id}/redeliver`)
const disable = () => gateway.api(`PATCH /v1/webhooks/${webhook.id}`, { body: { state: 'disabled' } })

describe('GET /v1/webhooks/{webhook_id}/deliveries', () => {
  test('lists what is on its way, newest first, over pages', async () => {
    const events: string[] = []
    for (let made = 0; made < 5; made += 1) events.unshift(await happen(gateway))
    const path = `GET /v1/webhooks/${webhook.id}/deliveries` as const
    const first = await gateway.api(`${path}?limit=3`)
    const second = await gateway.api(`${path}?limit=3&cursor=${first.body.next_cursor}`)
    const listed = [...first.body.data, ...second.body.data]
    expect(listed.map(({ event_id }) => event_id).toSorted()).toEqual(events.toSorted())
    expect(listed.map(({ id }) => id)).toEqual(
      listed
        .map(({ id }) => id)
        .toSorted()
        .reverse(),
    )
    expect([first.body.has_more, second.body.has_more]).toEqual([true, false])
    expect(listed[0]).toEqual({
      id: expect.stringMatching(/^delivery_/),
      object: 'delivery',
      mode: 'test',
      webhook_id: webhook.id,
      event_id: expect.stringMatching(/^event_/),
      event_type: 'order.status_changed',
      state: 'pending',
      attempts: [],
      next_attempt_at: now.toISOString(),
      delivered_at: null,
      created_at: now.toISOString(),
    })
  })

  test('lists those in a state, and refuses one that there is not', async () => {
    await happen(gateway)
    expect(await deliveriesOf(gateway, webhook.id, '&state=pending')).toHaveLength(1)
    expect(await deliveriesOf(gateway, webhook.id, '&state=dead')).toEqual([])
    const answer = await gateway.api(`GET /v1/webhooks/${webhook.id}/deliveries?state=lost`)
    expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer: '/query/state' }])
  })

  test('gives no cursor that another webhook takes', async () => {
    const other = await makeWebhook(gateway, { url: receiver.url })
    for (let made = 0; made < 2; made += 1) await happen(gateway)
    const { body } = await gateway.api(`GET /v1/webhooks/${webhook.id}/deliveries?limit=1`)
    const path = `GET /v1/webhooks/${other.id}/deliveries` as const
    expectProblem(await gateway.api(`${path}?cursor=${body.next_cursor}`), 'malformed_request')
  })

  test('shows one, to its own webhook only', async () => {
    await happen(gateway)
    const [delivery] = await deliveriesOf(gateway, webhook.id)
    const path = `deliveries/${delivery?.id}`
    expect((await gateway.api(`GET /v1/webhooks/${webhook.id}/${path}`)).body).toEqual(delivery)
    const other = await makeWebhook(gateway, { url: receiver.url })
    expectProblem(await gateway.api(`GET /v1/webhooks/${other.id}/${path}`), 'not_found')
    const { key } = await seedKey(gateway)
    expectProblem(await gateway.api(`GET /v1/webhooks/${webhook.id}/${path}`, { key }), 'not_found')
  })

  test('says what each attempt came to', async () => {
    receiver.next(answers(503, 'the body is kept nowhere: 12345678'))
    startDeliverer(gateway)
    await happen(gateway)
    const { attempts } = await untilDelivery(gateway, webhook.id, { state: 'failed', attempts: 1 })
    const attempt = { status: 503, error: 'status', duration_ms: expect.any(Number) }
    expect(attempts).toEqual([{ ...attempt, attempted_at: expect.stringMatching(/Z$/) }])
    const { rows } = await gateway.services.database.sql.query<{ text: string }>(
      'SELECT deliveries::text AS text FROM deliveries',
    )
    expect(JSON.stringify(rows) + gateway.logs.join('')).not.toContain('kept nowhere')
  })
})

describe('POST /v1/webhooks/{webhook_id}/test', () => {
  test('sends a test event to this webhook alone, whatever it listens to', async () => {
    const other = await makeWebhook(gateway, { url: receiver.url })
    startDeliverer(gateway)
    const { status, headers, body } = await gateway.api(`POST /v1/webhooks/${webhook.id}/test`)
    expect(status).toBe(201)
    expect(headers['location']).toBe(`/v1/webhooks/${webhook.id}/deliveries/${body.id}`)
    await untilDelivery(gateway, webhook.id, { state: 'delivered' })
    expect(await deliveriesOf(gateway, other.id)).toEqual([])
    expect(receiver.requests.map(request => JSON.parse(request.body))).toMatchObject([
      { type: 'webhook.test', data: { id: body.event_id, resource: webhook.id, sequence: 1 } },
    ])
    const event = await gateway.api(`GET /v1/events/${body.event_id}`)
    expect(event.body).toMatchObject({ type: 'webhook.test', resource: webhook.id })
  })

  test('sends one for one key', async () => {
    const request = { headers: { 'idempotency-key': 'test' } }
    const path = `POST /v1/webhooks/${webhook.id}/test` as const
    const [first, second] = [await gateway.api(path, request), await gateway.api(path, request)]
    expect(second.body).toEqual(first.body)
    expect(await deliveriesOf(gateway, webhook.id)).toHaveLength(1)
  })

  test('sends one for each of several who ask at once', async () => {
    const tests = Array.from({ length: 6 }, () => gateway.api(`POST /v1/webhooks/${webhook.id}/test`))
    expect((await Promise.all(tests)).map(({ status }) => status)).toEqual(Array(6).fill(201))
    expect((await deliveriesOf(gateway, webhook.id)).length).toBe(6)
  })

  test('is refused for a disabled webhook', async () => {
    await disable()
    expectProblem(await gateway.api(`POST /v1/webhooks/${webhook.id}/test`), 'state_conflict')
  })
})

describe('POST /v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver', () => {
  test('sends what was delivered once more, with the same id', async () => {
    const deliverer = startDeliverer(gateway)
    const event = await happen(gateway)
    const { id } = await untilDelivery(gateway, webhook.id, { state: 'delivered' })
    const { status, body } = await redeliver(id)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id,
      state: 'pending',
      delivered_at: null,
      next_attempt_at: now.toISOString(),
    })
    await deliverer.wake()
    await untilDelivery(gateway, webhook.id, { state: 'delivered', attempts: 2 })
    expect(receiver.requests.map(({ headers }) => headers['webhook-id'])).toEqual([event, event])
  })

  test('is refused while it is on its way, and for a disabled webhook', async () => {
    await happen(gateway)
    const [delivery] = await deliveriesOf(gateway, webhook.id)
    expectProblem(await redeliver(delivery?.id), 'state_conflict')
    await disable()
    expect(await deliveriesOf(gateway, webhook.id, '&state=dead')).toMatchObject([{ next_attempt_at: null }])
    expectProblem(await redeliver(delivery?.id), 'state_conflict')
  })
})
