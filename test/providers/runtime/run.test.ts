import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Upstream } from '#providers/port/upstream'
import { createManualClock } from '#test/manual-clock'
import { failureOf, startRuntime } from '#test/provider-runtime'
import { answers, answersJson, startUpstream } from '#test/upstream'

const get = { method: 'GET', path: '/x' } as const

test('a run returns the latest payload, redacted, and how long it took', async () => {
  const upstream = await startUpstream()
  upstream.next(
    answersJson({ first: 1 }),
    answersJson({ data: { sort_code: '200000', email: 'jane@example.com' } }),
  )
  const { search } = startRuntime(upstream.url, {
    script: {
      search: async client => {
        await client.json(get, z.unknown())
        await client.json(get, z.unknown())
      },
    },
  })
  const result = await search()
  expect(result.value).toEqual([])
  expect(result.payload).toEqual({
    fetchedAt: expect.any(Date),
    data: { data: { sort_code: '[removed]', email: 'jane@example.com' } },
  })
  expect(result.upstreamMs).toBeGreaterThan(0)
  expect(result.durationMs).toBeGreaterThanOrEqual(result.upstreamMs)
})

test('a payload over 256 KB is not kept', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ list: Array.from({ length: 30 }, () => 'word '.repeat(2_000)) }))
  const { search } = startRuntime(upstream.url, {
    script: { search: client => client.json(get, z.unknown()) },
  })
  expect((await search()).payload).toBeNull()
})

test('an empty answer is undefined to the adapter and no payload', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answers(204, ''))
  const { search } = startRuntime(upstream.url, {
    script: { search: async client => expect(await client.json(get, z.undefined())).toBeUndefined() },
  })
  expect((await search()).payload).toBeNull()
})

test('JSON under another content type and behind a byte order mark is read', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answers(200, '\uFEFF{"found":1}', { 'content-type': 'text/html' }))
  expect((await startRuntime(upstream.url).search()).payload?.data).toEqual({ found: 1 })
})

test('an answer may be larger than usual where the adapter expects it', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ text: 'x'.repeat(3_000_000) }))
  const { search } = startRuntime(upstream.url, {
    script: { search: client => client.json({ ...get, maxBytes: 4_000_000 }, z.unknown()) },
  })
  await search()
  expect(upstream.requests).toHaveLength(1)
})

test('the error of an answer of another shape names places, never values', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ tenants: [{ email: 7, name: 'Jane Doe' }], done: 'secret-value' }))
  const Shape = z.object({ tenants: z.array(z.object({ email: z.string() })), done: z.literal(true) })
  const { search } = startRuntime(upstream.url, { script: { search: client => client.json(get, Shape) } })
  expect((await failureOf(search())).message).toBe(
    'homebox sent an answer of another shape than documented: tenants.0.email (invalid_type), done (invalid_value)',
  )
})

test('calls are recorded by path template and resource, without credentials', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ done: true, tenant: { email: 'jane@example.com' } }))
  const { runtime, context, connection, calls } = startRuntime(upstream.url)
  const resource = { prefix: 'order', uuid: '0192f8a4-7a3b-7c11-9d2e-446655440000' } as const
  await runtime.run({ ...context(), resource }, 'tenants.delete', { order_id: '7', tenant_id: '31' })
  const { credentials: _, ...shown } = connection
  expect(calls).toEqual([
    {
      id: expect.stringMatching(/^call_/),
      context: { accountId: 'a1', requestId: 'req_test', resource, connection: shown },
      operation: 'tenants.delete',
      method: 'POST',
      path: '/orders/{order_id}/tenants/{tenant_id}/remove',
      attempt: 1,
      outcome: 'ok',
      status: 200,
      errorCode: null,
      durationMs: expect.any(Number),
      requestBody: { reason: 'moved out' },
      responseBody: { done: true, tenant: { email: '[personal]' } },
      createdAt: expect.any(Date),
    },
  ])
})

test('a body that would be too large to keep is kept by its beginning', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ found: 1, list: Array.from({ length: 20 }, () => 'word '.repeat(99)) }))
  const { search, calls } = startRuntime(upstream.url)
  await search()
  expect(calls[0]?.responseBody).toEqual({ cut: expect.stringMatching(/^\{"found":1,"list":\["word/) })
  expect(JSON.stringify(calls[0]?.responseBody).length).toBeLessThan(9_000)
})

test('the state of a connection shows circuit, limit and last success', async () => {
  const clock = createManualClock()
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ found: 1 }))
  const limits = { window: { requests: 25, ms: 10_000 }, concurrent: 5 }
  const { runtime, connection, search } = startRuntime(upstream.url, { clock, script: { limits } })
  const { window } = limits
  const rest = { window, used: 0, underWay: 0, waiting: 0, pausedMs: 0 }
  expect(runtime.state(connection)).toEqual({ circuit: 'closed', limit: rest, lastSuccessAt: null })
  await search()
  const lastSuccessAt = new Date('2026-08-01T09:30:00.000Z')
  expect(runtime.state(connection)).toEqual({ circuit: 'closed', limit: { ...rest, used: 1 }, lastSuccessAt })
})

test('verifying makes the one harmless call', async () => {
  const upstream = await startUpstream()
  upstream.next(answersJson({}, 401))
  const verify = async (client: Upstream) => {
    await client.json(get, z.unknown())
  }
  const { runtime, context, calls } = startRuntime(upstream.url, { script: { verify } })
  expect(await failureOf(runtime.verify(context()))).toMatchObject({ code: 'provider_auth_failed' })
  expect(await runtime.verify(context())).toMatchObject({ durationMs: expect.any(Number) })
  expect(calls.map(({ operation }) => operation)).toEqual(['connections.verify', 'connections.verify'])
})

test('a provider without such a call cannot be verified', async () => {
  const { runtime, context } = startRuntime('http://127.0.0.1:9')
  expect(await failureOf(runtime.verify(context()))).toMatchObject({ code: 'capability_not_supported' })
})

test('an operation that the provider does not implement is not sent', async () => {
  const { runtime, context } = startRuntime('http://127.0.0.1:9')
  const work = runtime.run(context(), 'invites.delete', { order_id: '7', invite_id: '3' })
  expect(await failureOf(work)).toMatchObject({ code: 'capability_not_supported', outcome: 'not_sent' })
})

test('stored credentials of another shape are told as refused, and not shown', async () => {
  const { runtime, context, connection } = startRuntime('http://127.0.0.1:9')
  const broken = { ...connection, credentials: { token: ['hidden-value'] } }
  const work = runtime.run({ ...context(), connection: broken }, 'addresses.search', { query: 'NE1' })
  const facts = await failureOf(work)
  expect(facts).toMatchObject({ code: 'provider_auth_failed', outcome: 'not_sent' })
  expect(JSON.stringify(facts)).not.toContain('hidden-value')
})

test('the answer to a secret request is no payload', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ name: 'kept to ourselves' }))
  const { search } = startRuntime(upstream.url, {
    script: { search: client => client.json({ ...get, secret: true }, z.unknown()) },
  })
  expect((await search()).payload).toBeNull()
})

test('a schema that trips over an answer is told as an answer that cannot be read', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ price: 'free' }))
  const Shape = z.object({ price: z.string().transform(price => BigInt(price)) })
  const { search } = startRuntime(upstream.url, { script: { search: client => client.json(get, Shape) } })
  expect(await failureOf(search())).toMatchObject({
    code: 'provider_error',
    outcome: 'unknown',
    message: 'homebox sent an answer that cannot be read',
  })
})
