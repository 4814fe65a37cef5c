import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { spawnService } from '#test/service-process'
import { happen, makeWebhook, startDeliverer, untilDelivery } from '#test/webhooks'

const guide = readFileSync('docs/webhooks.md', 'utf8')
const receiver = /```js\n(.*?)```/s.exec(guide)?.[1] ?? ''

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' } })
})
afterAll(() => gateway.close())

/** The receiver of the guide as a process, with the secret that it is given. */
async function startReceiver(secret: string) {
  const env = { PORT: '0', BILLBRIDGE_WEBHOOK_SECRET: secret }
  const service = spawnService(process.execPath, ['--input-type=module', '--eval', receiver], { env })
  onTestFinished(async () => void (await service.end('SIGKILL')))
  const line = await service.line(text => text.startsWith('listening'))
  return { service, url: `http://127.0.0.1:${line.split(' ')[1]}/` }
}

test('the receiver of the guide takes what is signed, and says what it was told', async () => {
  const webhook = await makeWebhook(gateway, { url: 'http://127.0.0.1:1/' })
  const { service, url } = await startReceiver(webhook.secret)
  await gateway.api(`PATCH /v1/webhooks/${webhook.id}`, { body: { url } })
  startDeliverer(gateway)
  const event = await happen(gateway)
  await untilDelivery(gateway, webhook.id, { state: 'delivered' })
  const { body } = await gateway.api(`GET /v1/events/${event}`)
  expect(await service.line(text => text.startsWith('order'))).toBe(`order.status_changed ${body.resource} 1`)
  await gateway.api(`DELETE /v1/webhooks/${webhook.id}`)
})

test('the receiver of the guide refuses what another secret has signed', async () => {
  const { url } = await startReceiver(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)
  const webhook = await makeWebhook(gateway, { url })
  startDeliverer(gateway)
  await happen(gateway)
  const { attempts } = await untilDelivery(gateway, webhook.id, { state: 'failed', attempts: 1 })
  expect(attempts).toMatchObject([{ status: 401, error: 'status' }])
})

test('the guide shows an event as it is sent', async () => {
  const shown = JSON.parse(/```json\n(.*?)```/s.exec(guide)?.[1] ?? '')
  const { body } = await gateway.api(`GET /v1/events/${await happen(gateway)}`)
  expect(Object.keys(shown)).toEqual(['type', 'timestamp', 'data'])
  expect(Object.keys(shown.data)).toEqual(Object.keys(body))
})
