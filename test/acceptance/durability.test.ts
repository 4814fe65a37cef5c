import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LiveGateway, LiveQuote, quoteBody, startLiveGateway, temporaryFolder } from '#test/live-gateway'

const ENOUGH = 30
const AT_ONCE = 4

let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

/** Makes quotes, several at once, and kills the gateway in the middle. The quotes that were acknowledged. */
async function quoteUntilKilled(gateway: LiveGateway): Promise<LiveQuote[]> {
  const acknowledged: LiveQuote[] = []
  const client = async () => {
    for (let sent = 0; sent < ENOUGH; sent += 1) {
      const answer = await gateway.call('POST', '/v1/quotes', { ...quoteBody, providers: ['homebox'] })
      expect(answer.status).toBe(201)
      acknowledged.push(LiveQuote.parse(await answer.json()))
      if (acknowledged.length === ENOUGH) gateway.child.kill('SIGKILL')
    }
  }
  const clients = await Promise.allSettled(Array.from({ length: AT_ONCE }, client))
  const cutOff = clients.filter(ended => ended.status === 'rejected').map(ended => ended.reason)
  expect(cutOff).toEqual(Array.from({ length: AT_ONCE }, () => expect.any(TypeError)))
  return acknowledged
}

test('kill -9 while quotes are being committed loses nothing that was acknowledged, and the next start works', async () => {
  const killed = await startLiveGateway(folder.path)
  const acknowledged = await quoteUntilKilled(killed)
  expect(await killed.ended).toBe('SIGKILL')
  expect(acknowledged.length).toBeGreaterThanOrEqual(ENOUGH)

  const next = await startLiveGateway(folder.path)
  for (const quote of acknowledged) {
    const kept = await next.call('GET', `/v1/quotes/${quote.id}`)
    expect(await kept.json()).toEqual(quote)
  }
  expect(await next.end('SIGTERM')).toBe(0)
})
