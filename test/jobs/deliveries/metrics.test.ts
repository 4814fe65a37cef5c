import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { createManualClock } from '#test/manual-clock'
import { answers, startUpstream } from '#test/upstream'
import { happen, makeWebhook, startDeliverer, untilDelivery } from '#test/webhooks'

const clock = createManualClock()
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({
    environment: { BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' },
    now: () => clock.date(),
  })
})
afterAll(() => gateway.close())

test('deliveries are counted by outcome, and how long they waited is measured', async () => {
  const receiver = await startUpstream()
  receiver.next(answers(500, ''))
  const webhook = await makeWebhook(gateway, { url: receiver.url })
  await happen(gateway)
  await clock.advance(200)
  const deliverer = startDeliverer(gateway, { clock })
  await untilDelivery(gateway, webhook.id, { state: 'failed' })
  await clock.advance(8_000)
  await deliverer.wake()
  await untilDelivery(gateway, webhook.id, { state: 'delivered' })
  const { text } = await gateway.api('GET /metrics', { key: null })
  const lines = text.split('\n').filter(line => /^billbridge_(webhook|job_age)/.test(line))
  expect(lines).toEqual(
    expect.arrayContaining([
      'billbridge_webhook_deliveries_total{outcome="failed"} 1',
      'billbridge_webhook_deliveries_total{outcome="delivered"} 1',
      'billbridge_webhook_pickup_seconds_count 1',
      'billbridge_webhook_pickup_seconds_sum 0.2',
      'billbridge_job_age_seconds_count{job="webhook_delivery"} 2',
      'billbridge_job_age_seconds_sum{job="webhook_delivery"} 3.2',
    ]),
  )
})
