import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Deliveries } from '#jobs/deliver-webhooks'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { createManualClock } from '#test/manual-clock'
import { selfSigned } from '#test/self-signed'
import {
  after,
  answers,
  drips,
  type FaultyUpstream,
  hangsUp,
  startUpstream,
  staysSilent,
} from '#test/upstream'
import {
  happen,
  type MadeWebhook,
  makeWebhook,
  startDeliverer,
  untilDelivery,
  verified,
} from '#test/webhooks'

let clock = createManualClock()
let gateway: TestGateway
let receiver: FaultyUpstream
let webhook: MadeWebhook
let deliverer: Deliveries
beforeAll(async () => {
  gateway = await startTestGateway({
    environment: { BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' },
    now: () => clock.date(),
  })
})
afterAll(() => gateway.close())
beforeEach(async () => {
  clock = createManualClock()
  receiver = await startUpstream()
  webhook = await makeWebhook(gateway, { url: `${receiver.url}/hooks?for=agency` })
  deliverer = startDeliverer(gateway, { clock })
})

afterEach(() => gateway.api(`DELETE /v1/webhooks/${webhook.id}`))

const until = (state: 'failed' | 'delivered' | 'dead', attempts?: number) =>
  untilDelivery(gateway, webhook.id, { state, ...(attempts && { attempts }) })
const lookAfter = async (ms: number) => {
  await clock.advance(ms)
  await deliverer.wake()
}
const MINUTE = 60_000

describe('a delivery', () => {
  test('is the event, thin and signed, in one POST', async () => {
    receiver.next(answers(204, ''))
    const id = await happen(gateway)
    const delivery = await until('delivered', 1)
    const [request] = receiver.requests
    const { body: event } = await gateway.api(`GET /v1/events/${id}`)
    expect(request).toMatchObject({
      method: 'POST',
      path: '/hooks?for=agency',
      headers: {
        'content-type': 'application/json',
        'user-agent': expect.stringMatching(/^billbridge\/\d/),
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(clock.date().getTime() / 1_000)),
        'webhook-signature': expect.stringMatching(/^v1,\S+$/),
      },
    })
    expect(Object.keys(request?.headers ?? {})).not.toContain('cookie')
    const payload = { type: 'order.status_changed', timestamp: event.created_at, data: event }
    expect(request && verified(request, webhook.secret, clock.date())).toEqual(payload)
    expect(event.sequence).toBe(1)
    expect(request?.raw.length).toBeLessThan(20_000)
    const attempt = { attempted_at: clock.date().toISOString(), status: 204, duration_ms: 0, error: null }
    expect(delivery).toMatchObject({ event_id: id, attempts: [attempt], next_attempt_at: null })
    expect(delivery.delivered_at).toBe(clock.date().toISOString())
  })

  test('F36: is tried again until the receiver takes it, with its id and a time and signature of each attempt', async () => {
    const fails = answers(500, 'no')
    receiver.next(fails, fails, fails, answers(200, 'ok'))
    const moments = [clock.date()]
    const id = await happen(gateway)
    const waits = [5_000, 5 * MINUTE, 30 * MINUTE]
    for (const [index, wait] of waits.entries()) {
      const failed = await until('failed', index + 1)
      expect(failed.next_attempt_at).toBe(new Date(clock.date().getTime() + wait).toISOString())
      await lookAfter(wait - 1)
      expect(receiver.requests).toHaveLength(index + 1)
      await lookAfter(1)
      moments.push(clock.date())
    }
    const { attempts } = await until('delivered', 4)
    expect(attempts.map(({ status, error }) => [status, error])).toEqual([
      [500, 'status'],
      [500, 'status'],
      [500, 'status'],
      [200, null],
    ])
    expect(receiver.requests.map(({ headers }) => headers['webhook-id'])).toEqual([id, id, id, id])
    const times = moments.map(moment => String(Math.floor(moment.getTime() / 1_000)))
    expect(receiver.requests.map(({ headers }) => headers['webhook-timestamp'])).toEqual(times)
    for (const [index, request] of receiver.requests.entries())
      expect(verified(request, webhook.secret, moments[index] ?? new Date(0))).toMatchObject({ data: { id } })
  })

  test('F34: is given up after ten attempts, listed as dead, and sent again by hand', async () => {
    receiver.otherwise(answers(500, ''))
    const id = await happen(gateway)
    for (let attempt = 1; attempt < 10; attempt += 1) {
      const { next_attempt_at } = await until('failed', attempt)
      await lookAfter(Date.parse(next_attempt_at ?? '') - clock.date().getTime())
    }
    const dead = await until('dead', 10)
    expect(dead.next_attempt_at).toBeNull()
    const { body } = await gateway.api(`GET /v1/webhooks/${webhook.id}/deliveries?state=dead`)
    expect(body.data).toEqual([dead])
    await lookAfter(100 * 3_600_000)
    expect(receiver.requests).toHaveLength(10)
    receiver.otherwise(answers(200, ''))
    const again = await gateway.api(`POST /v1/webhooks/${webhook.id}/deliveries/${dead.id}/redeliver`)
    expect(again).toMatchObject({ status: 200, body: { id: dead.id, state: 'pending' } })
    await lookAfter(0)
    await until('delivered', 11)
    expect(receiver.requests.at(-1)?.headers['webhook-id']).toBe(id)
  })

  test.each([
    ['another status than 2xx', answers(404, ''), { status: 404, error: 'status' }],
    [
      'an answer that sends us elsewhere',
      answers(307, '', { location: '/elsewhere' }),
      { status: 307, error: 'redirect' },
    ],
    ['a connection that breaks', hangsUp, { status: null, error: 'connection' }],
  ] as const)('has failed after %s', async (_name, behaviour, expected) => {
    receiver.next(behaviour)
    await happen(gateway)
    const { attempts } = await until('failed', 1)
    expect(attempts).toMatchObject([expected])
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/hooks?for=agency'])
  })

  test('has failed when nobody listens there', async () => {
    await receiver.close()
    await happen(gateway)
    expect(await until('failed', 1)).toMatchObject({ attempts: [{ status: null, error: 'connection' }] })
  })

  test('has failed when nobody vouches for the certificate', async () => {
    const impostor = await startUpstream({ tls: selfSigned() })
    await gateway.api(`PATCH /v1/webhooks/${webhook.id}`, { body: { url: impostor.url } })
    await happen(gateway)
    expect(await until('failed', 1)).toMatchObject({ attempts: [{ status: null, error: 'tls' }] })
    expect(impostor.requests).toEqual([])
  })

  test('F36: is cut off after fifteen seconds without an answer', async () => {
    receiver.next(staysSilent)
    await happen(gateway)
    await receiver.received(1)
    await clock.advance(15_000)
    const expected = { status: null, error: 'timeout', duration_ms: 15_000 }
    expect(await until('failed', 1)).toMatchObject({ attempts: [expected] })
  })

  test('counts as taken however its answer goes on after the status', async () => {
    receiver.next(drips('x'.repeat(1_000), 1))
    await happen(gateway)
    await until('delivered', 1)
  })

  test.each([
    ['seconds', { 'retry-after': '120' }, 120_000],
    ['a date', { 'retry-after': 'Sat, 01 Aug 2026 09:40:00 GMT' }, 600_000],
    ['a time that is too long', { 'retry-after': '999999' }, 86_400_000],
    ['less than planned', { 'retry-after': '1' }, 5_000],
    ['nonsense', { 'retry-after': '-7' }, 5_000],
  ] as const)('F36: waits as the receiver asks: %s', async (_name, headers, wait) => {
    for (const status of [429, 502, 503, 504]) receiver.next(answers(status, '', headers))
    await happen(gateway)
    const { next_attempt_at } = await until('failed', 1)
    expect(Date.parse(next_attempt_at ?? '') - clock.date().getTime()).toBe(wait)
  })
})

describe('a receiver that is gone', () => {
  test('F36: has its webhook disabled by 410, and what is on its way ended', async () => {
    const answered = Promise.withResolvers<void>()
    receiver.next(answers(503, ''), after(answered.promise, answers(410, '')))
    await happen(gateway)
    await until('failed', 1)
    await happen(gateway)
    await receiver.received(2)
    answered.resolve()
    const dead = await until('dead', 1)
    expect(dead.attempts).toMatchObject([{ status: 410, error: 'gone' }])
    const shown = await gateway.api(`GET /v1/webhooks/${webhook.id}`)
    expect(shown.body).toMatchObject({ state: 'disabled', disabled_reason: 'gone' })
    const { body } = await gateway.api(`GET /v1/webhooks/${webhook.id}/deliveries?state=dead`)
    expect(body.data).toHaveLength(2)
    const { rows } = await gateway.services.database.sql.query(
      "SELECT actor_key_id, data FROM audit_entries WHERE action = 'webhooks.disable'",
    )
    expect(rows).toEqual([{ actor_key_id: null, data: { reason: 'gone' } }])
  })

  test('is sent nothing of what happens meanwhile, and everything after it was enabled again', async () => {
    receiver.next(answers(410, ''))
    await happen(gateway)
    await until('dead', 1)
    await happen(gateway)
    await gateway.api(`PATCH /v1/webhooks/${webhook.id}`, { body: { state: 'enabled' } })
    const id = await happen(gateway)
    expect(await until('delivered', 1)).toMatchObject({ event_id: id })
    expect(receiver.requests).toHaveLength(2)
  })
})
