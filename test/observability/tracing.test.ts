import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { startTestGateway } from '#test/gateway'
import { household } from '#test/households'

const Value = z.object({ stringValue: z.string(), intValue: z.number() }).partial()
const Exported = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              name: z.string(),
              kind: z.number(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              attributes: z.array(z.object({ key: z.string(), value: Value })),
            }),
          ),
        }),
      ),
    }),
  ),
})
const SERVER = 2
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'

async function startCollector() {
  const requests: { path: string | undefined; body: string }[] = []
  const server = createServer(async (request, response) => {
    requests.push({ path: request.url, body: await text(request) })
    response.setHeader('content-type', 'application/json').end('{}')
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(close)
  return { url: `http://127.0.0.1:${port}`, requests, close }
}

async function startTraced() {
  const collector = await startCollector()
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` }
  const gateway = await startTestGateway({ environment })
  /** Everything that the collector was sent, once the gateway has gone. */
  const spans = async () => {
    await gateway.close()
    for (const { path } of collector.requests) expect(path).toBe('/v1/traces')
    return collector.requests.flatMap(({ body }) =>
      Exported.parse(JSON.parse(body)).resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(scope => scope.spans),
      ),
    )
  }
  return { ...gateway, collector, spans }
}

test('a request and the calls made for it are one trace, the caller’s, and name no address', async () => {
  const { api, spans, collector, simulators } = await startTraced()
  const { status } = await api('POST /v1/quotes', {
    body: household(),
    headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` },
  })
  expect(status).toBe(201)
  const sent = await spans()
  const request = sent.find(({ kind }) => kind === SERVER)
  expect(request).toMatchObject({
    name: 'POST /v1/quotes',
    traceId: TRACE,
    parentSpanId: '00f067aa0ba902b7',
    attributes: expect.arrayContaining([{ key: 'http.response.status_code', value: { intValue: 201 } }]),
  })
  const calls = sent.filter(span => span !== request)
  expect(calls.map(({ name }) => name)).toContain('quotes.create')
  for (const call of calls) expect(call).toMatchObject({ traceId: TRACE, parentSpanId: request?.spanId })
  expect(collector.requests.map(({ body }) => body).join()).not.toMatch(/Media Exchange|NE1/i)
  expect(simulators.homebox.requests().at(-1)?.headers['traceparent']).toBe(
    `00-${TRACE}-${request?.spanId}-01`,
  )
})

test('a trace that its caller does not record is not recorded here either', async () => {
  const { api, spans } = await startTraced()
  await api('GET /v1/providers', { headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-00` } })
  expect(await spans()).toEqual([])
})

test('a collector that is away costs a request nothing', async () => {
  const { api, spans, collector } = await startTraced()
  collector.close()
  expect((await api('GET /v1/providers')).status).toBe(200)
  expect(await spans()).toEqual([])
})
