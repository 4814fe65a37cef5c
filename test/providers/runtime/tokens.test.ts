import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { AccessToken } from '#providers/port/upstream'
import { createTokens } from '#providers/tokens'
import { createManualClock } from '#test/manual-clock'
import { failureOf, startRuntime } from '#test/provider-runtime'
import { fetchToken, oauth, tokenRequests, withToken } from '#test/token-provider'
import { after, answersJson, resets, startUpstream } from '#test/upstream'

/** Tokens whose fetching is counted and hands out t1, t2, …, each valid for `seconds`. */
function setUp(seconds = 3_600) {
  const clock = createManualClock()
  const tokens = createTokens({ clock })
  let fetched = 0
  const fetch = async (): Promise<AccessToken> => {
    fetched += 1
    return { value: `t${fetched}`, expiresInSeconds: seconds }
  }
  return {
    clock,
    tokens,
    fetch,
    get: (rejected?: string) => tokens.get('k', fetch, rejected),
    fetched: () => fetched,
  }
}

test('a token is kept until a minute before its end', async () => {
  const { clock, get } = setUp()
  expect(await get()).toBe('t1')
  await clock.advance(3_539_999)
  expect(await get()).toBe('t1')
  await clock.advance(1)
  expect(await get()).toBe('t2')
})

test('a token of a short life is renewed in its last tenth', async () => {
  const { clock, get } = setUp(30)
  expect(await get()).toBe('t1')
  await clock.advance(26_999)
  expect(await get()).toBe('t1')
  await clock.advance(1)
  expect(await get()).toBe('t2')
})

test.each([0, -5, Number.NaN])('a token that is said to live %d seconds is used once', async seconds => {
  const { get } = setUp(seconds)
  expect([await get(), await get()]).toEqual(['t1', 't2'])
})

test('many callers with the same rejected token cause one fetch', async () => {
  const { get, fetched } = setUp()
  const old = await get()
  const renewed = await Promise.all(Array.from({ length: 100 }, () => get(old)))
  expect(new Set(renewed)).toEqual(new Set(['t2']))
  expect(await get(old)).toBe('t2')
  expect(fetched()).toBe(2)
})

test('keys do not share tokens', async () => {
  const { tokens, fetch } = setUp()
  expect([await tokens.get('a', fetch), await tokens.get('b', fetch)]).toEqual(['t1', 't2'])
})

test('a failed fetch is shared by those who wait, kept for a moment, then tried again', async () => {
  const { clock, tokens } = setUp()
  const fetch = vi.fn(() => Promise.reject(new Error('down')))
  const get = () => tokens.get('k', fetch)
  const failed = await Promise.allSettled([get(), get(), get()])
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  await expect(get()).rejects.toThrow('down')
  expect(fetch).toHaveBeenCalledTimes(1)
  await clock.advance(250)
  await expect(get()).rejects.toThrow('down')
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('a token that could not be renewed early is used to its end', async () => {
  const { clock, tokens, get } = setUp()
  await get()
  await clock.advance(3_550_000)
  const down = () => Promise.reject(new Error('down'))
  expect(await tokens.get('k', down)).toBe('t1')
  expect(await tokens.get('k', down)).toBe('t1')
  await clock.advance(50_000)
  await expect(tokens.get('k', down)).rejects.toThrow('down')
})

test('a fetch that throws before it waits is a failed fetch', async () => {
  const { clock, tokens, get } = setUp()
  const broken = () => {
    throw new Error('broken')
  }
  await expect(tokens.get('k', broken)).rejects.toThrow('broken')
  await clock.advance(250)
  expect(await get()).toBe('t1')
})

describe('over the wire', () => {
  const script = { search: withToken, remove: withToken }

  test('a token that expires in the middle of a hundred calls is fetched once and each call repeated once', async () => {
    const upstream = await startUpstream()
    let expired = false
    upstream.otherwise(oauth(token => !expired || token === 'access-token-2'))
    const started = startRuntime(upstream.url, { script })
    await started.remove()
    expired = true
    await Promise.all(Array.from({ length: 100 }, () => started.remove()))
    const renewed = upstream.requests.filter(
      ({ headers }) => headers['authorization'] === 'Bearer access-token-2',
    )
    expect(tokenRequests(upstream)).toBe(2)
    expect(renewed).toHaveLength(100)
  })

  test('revoked credentials end in a clear error without a loop', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(answersJson({ error: 'invalid_client' }, 400))
    const { search } = startRuntime(upstream.url, { script })
    expect(await failureOf(search())).toMatchObject({
      code: 'provider_auth_failed',
      outcome: 'refused',
      status: 400,
    })
    expect(upstream.requests).toHaveLength(1)
  })

  test('a provider that refuses every token it hands out is asked for two of them', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(oauth(() => false))
    const { search } = startRuntime(upstream.url, { script })
    expect(await failureOf(search())).toMatchObject({ code: 'provider_auth_failed', outcome: 'refused' })
    expect(tokenRequests(upstream)).toBe(2)
  })

  test('a provider that hands out the refused token again is not believed', async () => {
    const upstream = await startUpstream()
    const token = answersJson({ access_token: 'always-the-same', expires_in: 3_600 })
    upstream.otherwise((socket, request) =>
      (request.path === '/oauth/token' ? token : answersJson({}, 401))(socket, request),
    )
    const { search } = startRuntime(upstream.url, { script })
    expect(await failureOf(search())).toMatchObject({
      code: 'provider_auth_failed',
      message: 'homebox hands out a token that it refuses',
    })
    expect(upstream.requests).toHaveLength(3)
  })

  test('a token endpoint that is down means that an unsafe call was not sent', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(resets)
    const { remove, calls } = startRuntime(upstream.url, { script })
    expect(await failureOf(remove())).toMatchObject({ code: 'provider_unavailable', outcome: 'not_sent' })
    expect(new Set(calls.map(({ path }) => path))).toEqual(new Set(['/oauth/token']))
  })

  test('the deadline of the first who waits does not end the fetch for the others', async () => {
    const gate = Promise.withResolvers<void>()
    const upstream = await startUpstream()
    const token = answersJson({ access_token: 'late-token-1', expires_in: 3_600 })
    upstream.next(after(gate.promise, token))
    const { search } = startRuntime(upstream.url, { script })
    const caller = new AbortController()
    const first = failureOf(search({ signal: caller.signal }))
    await upstream.received(1)
    const second = search()
    caller.abort()
    expect(await first).toMatchObject({ code: 'provider_timeout', outcome: 'not_sent' })
    gate.resolve()
    await second
    expect(tokenRequests(upstream)).toBe(1)
  })

  test('a token is taken out of every record, wherever it was sent', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(oauth(() => true))
    const { search, calls } = startRuntime(upstream.url, {
      script: {
        search: async client => {
          const note = `with ${await client.token(fetchToken(client))}`
          return client.json(
            { method: 'POST', path: '/leads', body: { kind: 'json', value: { note } } },
            z.unknown(),
          )
        },
      },
    })
    await search()
    expect(calls[1]).toMatchObject({ path: '/leads', requestBody: { note: 'with [removed]' } })
  })

  test('bodies of token requests are in no record', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(oauth(() => true))
    const { search, calls, logs } = startRuntime(upstream.url, { script })
    await search()
    expect(calls[0]).toMatchObject({ path: '/oauth/token', requestBody: null, responseBody: null })
    expect(JSON.stringify(calls) + logs()).not.toMatch(/client-secret-7781|access-token-1/)
  })
})
