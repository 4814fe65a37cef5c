import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { after, answers, startUpstream } from '#test/upstream'
import { deliveriesOf, happen, makeWebhook, startDeliverer, untilDelivery } from '#test/webhooks'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' } })
})
afterAll(() => gateway.close())

test('a slow receiver with a long backlog is sent four at a time, and keeps nobody else waiting', async () => {
  const [slow, quick] = [await startUpstream(), await startUpstream()]
  const answered = Promise.withResolvers<void>()
  slow.otherwise(after(answered.promise, answers(200, '')))
  const slowWebhook = await makeWebhook(gateway, { url: slow.url })
  for (let made = 0; made < 100; made += 1) await happen(gateway)
  const quickWebhook = await makeWebhook(gateway, { url: quick.url })
  startDeliverer(gateway)
  await slow.received(4)
  for (let made = 0; made < 5; made += 1) {
    const id = await happen(gateway)
    expect(await untilDelivery(gateway, quickWebhook.id, { state: 'delivered' })).toMatchObject({
      event_id: id,
    })
  }
  expect(slow.requests).toHaveLength(4)
  answered.resolve()
  await slow.received(105)
  await untilDelivery(gateway, slowWebhook.id, { state: 'delivered' })
  expect(new Set(slow.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(105)
  expect(await deliveriesOf(gateway, slowWebhook.id, '&state=dead')).toEqual([])
})
