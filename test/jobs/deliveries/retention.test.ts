import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweep } from '#jobs/sweep'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { deliveriesOf, happen, makeWebhook } from '#test/webhooks'
import { newUuid } from '#values/ids'

const DAY = 86_400_000
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const sweepAfter = (days: number) => sweep(gateway.services.database.sql, new Date(Date.now() + days * DAY))

test('events and deliveries are kept for 30 days, but for the last event of a resource that may have another', async () => {
  const webhook = await makeWebhook(gateway, { url: 'https://agency.example/' })
  const order = { prefix: 'order' as const, uuid: newUuid() }
  const [first, last] = [
    await happen(gateway, { resource: order }),
    await happen(gateway, { resource: order }),
  ]
  await happen(gateway, { type: 'quote.completed', resource: { prefix: 'quote', uuid: newUuid() } })
  expect(await sweepAfter(29)).toMatchObject({ events: 0, deliveries: 0 })
  expect(await sweepAfter(31)).toMatchObject({ events: 2, deliveries: 3 })
  expect(await deliveriesOf(gateway, webhook.id)).toEqual([])
  const { data } = (await gateway.api('GET /v1/events')).body
  expect(data.map(({ id }: { id: string }) => id)).toEqual([last])
  const next = await happen(gateway, { resource: order })
  expect((await gateway.api(`GET /v1/events/${next}`)).body.sequence).toBe(3)
  expect((await gateway.api(`GET /v1/events/${first}`)).status).toBe(404)
})

test('a deleted webhook is kept as long, and one that is not is not swept', async () => {
  const kept = await makeWebhook(gateway, { url: 'https://agency.example/' })
  const { id } = await makeWebhook(gateway, { url: 'https://agency.example/' })
  await gateway.api(`DELETE /v1/webhooks/${id}`)
  expect(await sweepAfter(29)).toMatchObject({ webhooks: 0 })
  expect(await sweepAfter(31)).toMatchObject({ webhooks: 1 })
  expect((await gateway.api(`GET /v1/webhooks/${kept.id}`)).status).toBe(200)
})
