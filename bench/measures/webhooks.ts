import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { type Findings, figure, ms } from '#bench/report'
import type { Rig, RunningGateway } from '#bench/rig'
import { percentile } from '#bench/statistics'

const EVENTS = 300
const PER_SECOND = 20
const PATIENCE_MS = 30_000

const Made = z.object({ id: z.string() })
const Payload = z.object({ data: z.object({ created_at: z.string() }) })

/** Notes for each event how long ago it had happened when it came in. */
async function startReceiver() {
  const lateMs: number[] = []
  const server = createServer(async (request, response) => {
    const came = Date.now()
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    response.writeHead(204).end()
    const { data } = Payload.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    lateMs.push(came - Date.parse(data.created_at))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = z.object({ port: z.int() }).parse(server.address())
  return { lateMs, url: `http://127.0.0.1:${address.port}/`, stop: () => void server.close() }
}

async function post({ origin, key }: RunningGateway, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}`)
  return answer.json()
}

/** P18: from an event, before its commit, to the request at the receiver; on one clock. */
export async function measureWebhooks(rig: Rig): Promise<Findings> {
  const receiver = await startReceiver()
  const gateway = await rig.gateway({ BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' })
  const { id } = Made.parse(await post(gateway, '/v1/webhooks', { url: receiver.url }))
  const began = performance.now()
  for (let sent = 0; sent < EVENTS; sent += 1) {
    await pause(Math.max(0, began + (sent * 1_000) / PER_SECOND - performance.now()))
    await post(gateway, `/v1/webhooks/${id}/test`)
  }
  const end = performance.now() + PATIENCE_MS
  while (receiver.lateMs.length < EVENTS && performance.now() < end) await pause(50)
  await gateway.program.stop()
  receiver.stop()
  const what = `event → request at the webhook, ${receiver.lateMs.length} of ${EVENTS} at ${PER_SECOND}/s`
  return {
    figures: [
      figure(['P18', `${what}, p50`], percentile(receiver.lateMs, 0.5), { most: 300 }, ms),
      figure(['P18', `${what}, p99`], percentile(receiver.lateMs, 0.99), { most: 1_000 }, ms),
    ],
    groups: [],
  }
}
