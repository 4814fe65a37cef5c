import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { type TestGateway, startTestGateway } from '#test/gateway'

const TOKEN = 'scripted-homebox-token'
const Address = z.object({ port: z.int() })

export interface ScriptedRequest {
  /** As `GET /api/partner/order/31/bill?page=1`. */
  readonly line: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface ScriptedHomebox {
  readonly gateway: TestGateway
  /** What came in since the last `answers`. */
  readonly requests: readonly ScriptedRequest[]
  /** What is answered from now on, request by request; the last answer stands for all that follow. */
  answers(...answers: readonly { readonly status?: number; readonly body: unknown }[]): void
  close(): Promise<void>
}

/** The whole gateway in front of a Homebox that answers what a test says, word by word. */
export async function startScriptedHomebox(
  environment: Readonly<Record<string, string>> = {},
): Promise<ScriptedHomebox> {
  const requests: ScriptedRequest[] = []
  let script: readonly { readonly status?: number; readonly body: unknown }[] = []
  const server = createServer((request, response) => {
    void buffer(request).then(body => {
      requests.push({ line: `${request.method} ${request.url}`, headers: request.headers, body })
      const answer = script[Math.min(requests.length, script.length) - 1]
      response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer?.body ?? { message: 'nothing is scripted' }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = Address.parse(server.address())
  const gateway = await startTestGateway({
    environment: { HOMEBOX_BASE_URL: `http://127.0.0.1:${port}`, HOMEBOX_TOKEN: TOKEN, ...environment },
  })
  return {
    gateway,
    requests,
    answers: (...answers) => {
      script = answers
      requests.length = 0
    },
    close: async () => {
      await gateway.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
