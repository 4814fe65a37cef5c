import { expect, test, vi } from 'vitest'
import { ProviderError } from '#providers/provider-error'
import { failureOf, startRuntime } from '#test/provider-runtime'
import { answers, answersJson, cutsBody, startUpstream } from '#test/upstream'

const request = { method: 'GET', path: '/invoice.pdf', headers: { accept: 'application/pdf' } } as const

async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('an answer is handed over as it comes, with its headers', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answers(200, '%PDF-1.7', { 'content-type': 'application/pdf' }))
  const { search, calls, runtime, connection } = startRuntime(upstream.url, {
    script: {
      search: async client => {
        const { status, headers, body } = await client.stream(request)
        expect([status, headers['content-type']]).toEqual([200, 'application/pdf'])
        expect(runtime.state(connection).limit.underWay).toBe(1)
        expect(await read(body)).toBe('%PDF-1.7')
      },
    },
  })
  expect((await search()).payload).toBeNull()
  expect(upstream.requests[0]?.headers['accept']).toBe('application/pdf')
  expect(calls).toMatchObject([{ outcome: 'ok', status: 200, responseBody: null }])
  expect(runtime.state(connection).limit.underWay).toBe(0)
})

test('a refusal of a stream is told as any other', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({}, 404))
  const { search } = startRuntime(upstream.url, { script: { search: client => client.stream(request) } })
  expect(await failureOf(search())).toMatchObject({ code: 'provider_rejected', status: 404 })
})

test.each([
  ['is cut', cutsBody('%PDF', 400), {}],
  ['is larger than allowed', answers(200, '%PDF-1.7'), { maxBytes: 4 }],
])('a body that %s breaks the reading with a ProviderError', async (_, behaviour, bounds) => {
  const upstream = await startUpstream()
  upstream.otherwise(behaviour)
  const { search, calls } = startRuntime(upstream.url, {
    script: { search: async client => read((await client.stream({ ...request, ...bounds })).body) },
  })
  expect(await failureOf(search())).toMatchObject({ code: 'provider_error', outcome: 'unknown' })
  expect(calls[0]).toMatchObject({ outcome: 'unknown', errorCode: 'provider_error', status: 200 })
})

test('a reader that stops half-way gives the place back', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answers(200, 'x'.repeat(500_000)))
  const { search, runtime, connection, calls } = startRuntime(upstream.url, {
    script: {
      search: async client => {
        for await (const _ of (await client.stream(request)).body) break
      },
    },
  })
  await search()
  expect(runtime.state(connection).limit.underWay).toBe(0)
  expect(calls).toHaveLength(1)
})

test('a body that nobody reads gives the place back at the deadline', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answers(200, 'x'.repeat(500_000)))
  const caller = new AbortController()
  const { search, runtime, connection } = startRuntime(upstream.url, {
    script: { search: client => client.stream(request) },
  })
  await search({ signal: caller.signal })
  expect(runtime.state(connection).limit.underWay).toBe(1)
  caller.abort()
  expect(runtime.state(connection).limit.underWay).toBe(0)
})

test('the deadline breaks a reading under way', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(socket => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n%PDF')
  })
  const caller = new AbortController()
  const seen = vi.fn()
  const { search } = startRuntime(upstream.url, {
    script: {
      search: async client => {
        for await (const chunk of (await client.stream(request)).body) {
          seen(Buffer.from(chunk).toString())
          caller.abort()
        }
      },
    },
  })
  await expect(search({ signal: caller.signal })).rejects.toBeInstanceOf(ProviderError)
  expect(seen.mock.calls).toEqual([['%PDF']])
})
