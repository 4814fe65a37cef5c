import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applied, armAll, changesReceived, kinds, type KindName, wanted } from '#test/crash-kinds'
import { until } from '#test/crash-world'
import { startTestGateway, type TestGateway } from '#test/gateway'

const LATE_MS = 300

let gateway: TestGateway
let port: number
beforeAll(async () => {
  gateway = await startTestGateway()
  port = Number(new URL(await gateway.app.listen({ host: '127.0.0.1', port: 0 })).port)
})
afterAll(() => gateway.close())

/** A client that has sent its whole request and waits. */
async function sendRequest(name: KindName): Promise<Socket> {
  const { route, body } = kinds[name]
  const json = JSON.stringify(body)
  const head = [
    `${route} HTTP/1.1`,
    'Host: 127.0.0.1',
    `Authorization: Bearer ${gateway.key}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(json)}`,
    `Idempotency-Key: ${name}`,
  ]
  const client = connect(port, '127.0.0.1')
  await once(client, 'connect')
  client.write(`${head.join('\r\n')}\r\n\r\n${json}`)
  return client
}

test.each(['a Homebox order', 'a lead', 'a Housr order'] as const)(
  '%s is carried through once when its client hangs up in the middle, and the retry gets the result',
  async name => {
    const kind = kinds[name]
    const { simulators } = gateway
    const before = changesReceived(simulators)
    armAll(simulators, kind.first, 'slow', LATE_MS)
    const client = await sendRequest(name)
    await until('the request', () => changesReceived(simulators) > before || null)
    client.resetAndDestroy()

    const answer = await until('the answer', async () => {
      const request = { body: kind.body, headers: { 'idempotency-key': name } }
      const retried = await gateway.api(kind.route, request)
      return retried.status === 409 ? null : retried
    })
    expect([answer.status, answer.body.status]).toEqual([201, kind.done])
    expect(applied(simulators, kind)).toEqual(wanted(kind))
  },
)
