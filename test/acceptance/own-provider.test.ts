import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fixture } from '#test/fixture'
import { quoteBody, startLiveGateway, temporaryFolder } from '#test/live-gateway'

const AT_ONCE = 6

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let homebox: Server
let env: Record<string, string>
let received: IncomingMessage[]
let answer: (response: ServerResponse) => void

beforeAll(async () => {
  folder = await temporaryFolder()
  homebox = createServer((request, response) => {
    received.push(request)
    answer(response)
  })
  await new Promise<void>(resolve => homebox.listen(0, '127.0.0.1', resolve))
  const address = homebox.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  env = {
    HOMEBOX_BASE_URL: `http://127.0.0.1:${port}/`,
    HOMEBOX_TOKEN: 'token-of-the-test',
    BILLBRIDGE_SIMULATOR: 'on',
  }
})
beforeEach(() => {
  received = []
  answer = sendPackages
})
afterAll(async () => {
  homebox.closeAllConnections()
  await new Promise(resolve => homebox.close(resolve))
  await folder.remove()
})

function sendPackages(response: ServerResponse): void {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(fixture('homebox', 'quotes.create.packages')))
}

test('a provider with a base URL is asked there, with its own credentials, beside the simulated ones', async () => {
  const gateway = await startLiveGateway(folder.path, env)
  const quote: unknown = await (await gateway.call('POST', '/v1/quotes', quoteBody)).json()
  const connections: unknown = await (await gateway.call('GET', '/v1/providers')).json()
  expect(await gateway.end('SIGTERM')).toBe(0)

  const sent = received.map(({ method, url, headers }) => [method, url, headers.authorization])
  expect(sent).toEqual([['GET', '/api/partner/packages?postcode=NE12QB', 'Bearer token-of-the-test']])
  expect(quote).toMatchObject({
    status: 'complete',
    providers: [
      { provider: 'homebox', status: 'ok' },
      { provider: 'one_utility_bill', status: 'ok' },
      { provider: 'housr', status: 'unsupported' },
    ],
  })
  expect(connections).toMatchObject({
    data: [
      { id: 'homebox', connection: { state: 'connected', source: 'environment' } },
      { id: 'housr', connection: { state: 'simulated' } },
      { id: 'one_utility_bill', connection: { state: 'simulated' } },
      { id: 'mybeezbox', connection: { state: 'simulated' } },
    ],
  })
})

test('SIGTERM under load: what is under way is finished and answered, and the exit code is 0', async () => {
  const held: ServerResponse[] = []
  const { promise: allHeld, resolve } = Promise.withResolvers<void>()
  answer = response => {
    if (held.push(response) === AT_ONCE) resolve()
  }
  const gateway = await startLiveGateway(folder.path, env)
  const body = { ...quoteBody, providers: ['homebox'] }
  const answers = Array.from({ length: AT_ONCE }, () => gateway.call('POST', '/v1/quotes', body))
  await allHeld
  const stopped = gateway.end('SIGTERM')
  await gateway.line(line => line.includes('"msg":"stopping"'))
  for (const response of held) sendPackages(response)

  for (const answered of await Promise.all(answers)) {
    expect(answered.status).toBe(201)
    expect(await answered.json()).toMatchObject({ status: 'complete', providers: [{ status: 'ok' }] })
  }
  expect(await stopped).toBe(0)
})
