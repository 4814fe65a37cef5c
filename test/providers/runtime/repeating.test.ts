import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createManualClock } from '#test/manual-clock'
import { failureOf, remove, search, startRuntime } from '#test/provider-runtime'
import { answersJson, resets, startUpstream, staysSilent } from '#test/upstream'
import { PATIENCE } from '#test/patience'

const found = answersJson({ found: 1 })
const done = answersJson({ done: true })

test('a repeatable call succeeds on its third attempt', async () => {
  const upstream = await startUpstream()
  upstream.next(resets, answersJson({}, 502), found)
  const { search: run, calls } = startRuntime(upstream.url)
  await run()
  expect(calls.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
    [1, 'unknown'],
    [2, 'unknown'],
    [3, 'ok'],
  ])
})

test('an unsafe call that the provider had no room for is sent again after its pause', async () => {
  const clock = createManualClock()
  const upstream = await startUpstream()
  upstream.next(answersJson({}, 429, { 'retry-after': '3' }), upstream.applies(done))
  const { remove: run, calls } = startRuntime(upstream.url, { clock })
  const work = run()
  await vi.waitUntil(() => calls.length === 1, PATIENCE)
  await clock.advance(2_999)
  expect(upstream.requests).toHaveLength(1)
  await clock.advance(1)
  await work
  expect(upstream.effects).toBe(1)
  expect(calls.map(({ outcome, errorCode }) => [outcome, errorCode])).toEqual([
    ['not_sent', 'rate_limited'],
    ['ok', null],
  ])
})

test('a pause that is longer than anyone waits ends the run at once', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({}, 429, { 'retry-after': '86400' }))
  const { search: run } = startRuntime(upstream.url)
  expect(await failureOf(run())).toMatchObject({
    code: 'rate_limited',
    outcome: 'not_sent',
    retryAfterMs: 300_000,
  })
  expect(upstream.requests).toHaveLength(1)
})

test('maintenance that says how long it takes is not waited for in vain', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({}, 503, { 'retry-after': '120' }))
  const { search: run } = startRuntime(upstream.url)
  expect(await failureOf(run())).toMatchObject({ code: 'provider_unavailable', retryAfterMs: 120_000 })
  expect(upstream.requests).toHaveLength(1)
})

test('credentials that were refused are not tried again', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({}, 401))
  expect(await failureOf(startRuntime(upstream.url).search())).toMatchObject({ code: 'provider_auth_failed' })
  expect(upstream.requests).toHaveLength(1)
})

test('an outage is met with few repeats: ten that were saved, and one for every ten good runs', async () => {
  const upstream = await startUpstream()
  const { search: run, calls } = startRuntime(upstream.url)
  for (let round = 0; round < 10; round += 1) {
    upstream.otherwise(found)
    for (let good = 0; good < 4; good += 1) await run()
    upstream.otherwise(answersJson({}, 502))
    await failureOf(run())
  }
  expect(calls.filter(({ attempt }) => attempt > 1)).toHaveLength(13)
})

test('after a write that succeeded nothing is repeated, whatever becomes of the reading after it', async () => {
  const upstream = await startUpstream()
  upstream.next(upstream.applies(done))
  upstream.otherwise(answersJson({}, 404))
  const { remove: run } = startRuntime(upstream.url, {
    script: {
      remove: async (client, at) => {
        await remove(client, at)
        await search(client)
      },
    },
  })
  expect(await failureOf(run())).toMatchObject({ code: 'provider_rejected', outcome: 'unknown', status: 404 })
  expect(upstream.effects).toBe(1)
  expect(upstream.requests).toHaveLength(2)
})

test('a reading before the write that gets no answer means that nothing has happened', async () => {
  const upstream = await startUpstream()
  upstream.next(resets, resets, resets)
  const { remove: run } = startRuntime(upstream.url, {
    script: {
      remove: async (client, at) => {
        await search(client)
        await remove(client, at)
      },
    },
  })
  expect(await failureOf(run())).toMatchObject({ code: 'provider_unavailable', outcome: 'not_sent' })
  expect(upstream.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET'])
})

test('a write under way beside one that was refused leaves the whole unknown', async () => {
  const upstream = await startUpstream()
  upstream.next(upstream.applies(staysSilent), answersJson({}, 422))
  const { remove: run } = startRuntime(upstream.url, {
    script: {
      remove: async (client, at) => {
        const first = remove(client, at)
        await upstream.received(1)
        await Promise.all([first, remove(client, at)])
      },
    },
  })
  expect(await failureOf(run())).toMatchObject({ code: 'provider_rejected', outcome: 'unknown' })
})

test('an adapter that fails by itself before anything is sent leaves nothing unknown', async () => {
  const upstream = await startUpstream()
  const { remove: run, logs } = startRuntime(upstream.url, {
    script: { remove: () => Promise.reject(new TypeError('account 12345678')) },
  })
  expect(await failureOf(run())).toMatchObject({ code: 'provider_error', outcome: 'not_sent', final: true })
  expect(logs()).toContain('adapter failed')
  expect(logs()).not.toContain('12345678')
})

test('an adapter that fails by itself after a write leaves its outcome unknown', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(upstream.applies(done))
  const { remove: run } = startRuntime(upstream.url, {
    script: {
      remove: async (client, at) => {
        await remove(client, at)
        z.string().parse(at.order_id.length)
      },
    },
  })
  expect(await failureOf(run())).toMatchObject({ code: 'provider_error', outcome: 'unknown' })
  expect(upstream.effects).toBe(1)
})

test('a caller that goes away during a pause is told what there was to wait for', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({}, 429, { 'retry-after': '5' }))
  const caller = new AbortController()
  const { search: run, calls } = startRuntime(upstream.url)
  const work = failureOf(run({ signal: caller.signal }))
  await vi.waitUntil(() => calls.length === 1, PATIENCE)
  caller.abort()
  expect(await work).toMatchObject({ code: 'rate_limited', status: 429 })
  expect(upstream.requests).toHaveLength(1)
})
