import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { quoteBody, startLiveGateway, temporaryFolder } from '#test/live-gateway'
import { answers, startUpstream } from '#test/upstream'
import { verified } from '#test/webhooks'
import { PATIENCE } from '#test/patience'

const Made = z.object({ id: z.string(), secret: z.string() })

test('the running service tells a webhook of a quote, and again what was on its way when it was killed', async () => {
  const folder = await temporaryFolder()
  onTestFinished(folder.remove)
  const receiver = await startUpstream()
  const env = { BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' }
  const first = await startLiveGateway(folder.path, env)
  const made = await first.call('POST', '/v1/webhooks', { url: receiver.url })
  const { id, secret } = Made.parse(await made.json())
  receiver.next(answers(500, ''))
  await first.call('POST', '/v1/quotes', quoteBody)
  const deliveries = async () => (await first.call('GET', `/v1/webhooks/${id}/deliveries`)).text()
  // Otherwise another process would have to wait for the lease of the one that was killed.
  await expect.poll(deliveries, PATIENCE).toContain('"state":"failed"')
  await first.end('SIGKILL')
  const second = await startLiveGateway(folder.path, env)
  await receiver.received(2)
  const [failed, again] = receiver.requests
  expect(again?.headers['webhook-id']).toBe(failed?.headers['webhook-id'])
  expect(again && verified(again, secret, new Date())).toMatchObject({ type: 'quote.completed' })
  expect(await second.end('SIGTERM')).toBe(0)
}, 90_000)
