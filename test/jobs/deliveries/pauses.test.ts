import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Deliveries } from '#jobs/deliver-webhooks'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { createManualClock } from '#test/manual-clock'
import { answers, type FaultyUpstream, startUpstream } from '#test/upstream'
import {
  deliveriesOf,
  happen,
  type MadeWebhook,
  makeWebhook,
  startDeliverer,
  untilDelivery,
} from '#test/webhooks'

const HOUR = 3_600_000
let clock = createManualClock()
let gateway: TestGateway
let receiver: FaultyUpstream
let webhook: MadeWebhook
let deliverers: readonly Deliveries[]
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
  receiver.otherwise(answers(204, ''))
  webhook = await makeWebhook(gateway, { url: receiver.url })
  deliverers = [startDeliverer(gateway, { clock }), startDeliverer(gateway, { clock })]
  return async () => {
    await gateway.api(`DELETE /v1/webhooks/${webhook.id}`)
  }
})

/** Lets time go by, and every process look for what is due. */
async function pass(ms: number): Promise<void> {
  await clock.advance(ms)
  for (const { wake } of deliverers) await wake()
}

/** The receiver answers the first event so; a second one happens. */
async function refuseFirst(status: number, retryAfter: string): Promise<void> {
  receiver.next(answers(status, '', { 'retry-after': retryAfter }))
  await happen(gateway)
  await untilDelivery(gateway, webhook.id, { state: 'failed', attempts: 1 })
  await happen(gateway)
}

describe('a receiver that asks to be left alone', () => {
  test.each([429, 503])(
    'with %d is sent nothing by any process until then, and all of it after that',
    async status => {
      await refuseFirst(status, '120')
      await pass(119_999)
      expect(receiver.requests).toHaveLength(1)
      await pass(1)
      await receiver.received(3)
      await untilDelivery(gateway, webhook.id, { state: 'delivered', attempts: 1 })
    },
  )

  test('is left alone for an hour at most, but for what it has refused', async () => {
    await refuseFirst(429, '999999')
    await pass(HOUR - 1)
    expect(receiver.requests).toHaveLength(1)
    await pass(1)
    await untilDelivery(gateway, webhook.id, { state: 'delivered', attempts: 1 })
    expect(receiver.requests).toHaveLength(2)
    const [, refused] = await deliveriesOf(gateway, webhook.id)
    expect(refused).toMatchObject({ state: 'failed', attempts: [{ status: 429 }] })
  })

  test('holds up no other webhook, and none of its own with another answer or with no time', async () => {
    await refuseFirst(429, '0')
    await untilDelivery(gateway, webhook.id, { state: 'delivered', attempts: 1 })
    await refuseFirst(500, '120')
    await untilDelivery(gateway, webhook.id, { state: 'delivered', attempts: 1 })
    await refuseFirst(429, '120')
    const other = await startUpstream()
    other.otherwise(answers(204, ''))
    const otherWebhook = await makeWebhook(gateway, { url: other.url })
    await happen(gateway)
    await untilDelivery(gateway, otherWebhook.id, { state: 'delivered', attempts: 1 })
    expect(await deliveriesOf(gateway, webhook.id, '&state=pending')).toHaveLength(2)
    await gateway.api(`DELETE /v1/webhooks/${otherWebhook.id}`)
  })

  test('is not spoken for by the one before it: another URL is sent to at once', async () => {
    await refuseFirst(429, '120')
    const other = await startUpstream()
    other.otherwise(answers(204, ''))
    await gateway.api(`PATCH /v1/webhooks/${webhook.id}`, { body: { url: other.url } })
    await pass(0)
    await untilDelivery(gateway, webhook.id, { state: 'delivered', attempts: 1 })
    expect(other.requests).toHaveLength(1)
  })
})
