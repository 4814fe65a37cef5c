import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { ApiAnswer } from '#test/api'
import { changesReceived, kinds } from '#test/crash-kinds'
import { createWorld, type Service, until } from '#test/crash-world'
import { everyPage } from '#test/every-page'
import { expectProblem } from '#test/expect-problem'
import { household } from '#test/households'
import { startStoppablePostgres } from '#test/stoppable-postgres'

const CALLERS = 4
const body = { ...kinds['a Homebox order'].body, tenants: [] }

/** Places orders one after the other, each under a key of its own, until `enough`. */
async function placeAgainAndAgain(
  place: (key: string) => Promise<ApiAnswer>,
  name: number,
  enough: () => boolean,
): Promise<{ key: string; status: number }[]> {
  const placed = []
  for (let number = 0; !enough(); number += 1) {
    const key = `order-${name}-${number}`
    placed.push({ key, status: (await place(key)).status })
  }
  return placed
}

async function expectUnavailable(call: Service['call'], place: (key: string) => Promise<ApiAnswer>) {
  const refusals = [
    await call('GET /v1/orders'),
    await call('GET /v1/events'),
    await place('order-while-down'),
  ]
  for (const refusal of refusals) {
    expectProblem(refusal, 'service_unavailable')
    expect(refusal.headers['retry-after']).toBe('5')
  }
  expectProblem(await call('GET /health/ready', { key: null }), 'service_unavailable')
  expect((await call('GET /health/live', { key: null })).status).toBe(200)
}

/** A receiver of webhooks, and the types of the events that it was sent. */
async function startReceiver(): Promise<{ url: string; received: string[] }> {
  const received: string[] = []
  const server = createServer(async (request, response) => {
    received.push(z.object({ type: z.string() }).parse(JSON.parse(await text(request))).type)
    response.end()
  })
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`, received }
}

test('Postgres stopped in traffic: 503 while it is gone, nothing sent without an intent, and back by itself', async () => {
  const postgres = await startStoppablePostgres()
  onTestFinished(postgres.remove)
  const environment = { BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' }
  const { start, simulators } = await createWorld(onTestFinished, { environment })
  const { call, process } = await start(postgres.url)
  const { url, received: delivered } = await startReceiver()
  expect((await call('POST /v1/webhooks', { body: { url, events: ['quote.completed'] } })).status).toBe(201)
  const place = (key: string) => call('POST /v1/orders', { body, headers: { 'idempotency-key': key } })
  let over = false
  const callers = Array.from({ length: CALLERS }, (_, name) => placeAgainAndAgain(place, name, () => over))
  await until('traffic', () => (simulators.homebox.count('orders.create') >= CALLERS ? true : null))

  await postgres.kill()
  await expectUnavailable(call, place)
  over = true
  const placed = (await Promise.all(callers)).flat()
  expect(placed.map(({ status }) => status).filter(status => ![201, 503].includes(status))).toEqual([])
  expect(placed.some(({ status }) => status === 503)).toBe(true)
  const received = changesReceived(simulators)
  for (const { key } of placed) expectProblem(await place(key), 'service_unavailable')
  await expectUnavailable(call, place)
  expect(changesReceived(simulators)).toBe(received)

  await postgres.start()
  await until('its return', async () => {
    const { status } = await call('GET /health/ready', { key: null })
    return status === 200 ? true : null
  })
  for (const { key } of placed) {
    const again = await until('an answer', async () => {
      const answer = await place(key)
      return answer.status === 409 ? null : answer
    })
    expect([201, 202]).toContain(again.status)
  }
  expect((await call('POST /v1/quotes', { body: household() })).status).toBe(201)
  await until('a webhook', () => (delivered.includes('quote.completed') ? true : null))
  expect(await everyPage(call, '/v1/orders?')).toHaveLength(placed.length)
  expect(simulators.homebox.count('orders.create')).toBeLessThanOrEqual(placed.length)
  expect(await process.end('SIGTERM')).toBe(0)
}, 120_000)
