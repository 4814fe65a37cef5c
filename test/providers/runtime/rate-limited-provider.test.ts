import { expect, test, vi } from 'vitest'
import { createManualClock } from '#test/manual-clock'
import { failureOf, startRuntime } from '#test/provider-runtime'
import { enforces } from '#test/strict-window'
import { answersJson, startUpstream } from '#test/upstream'
import { PATIENCE } from '#test/patience'

test('two hundred calls of four accounts never make the provider say 429', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(enforces(25, 100))
  const { search, calls } = startRuntime(upstream.url, {
    script: { limits: { window: { requests: 25, ms: 100 }, concurrent: 10 } },
  })
  await Promise.all(Array.from({ length: 200 }, (_, index) => search({ accountId: `a${index % 4}` })))
  expect(calls.filter(({ status }) => status === 429)).toEqual([])
  expect(upstream.requests).toHaveLength(200)
})

test('many calls at once are let through one by one where the provider takes no more', async () => {
  const upstream = await startUpstream()
  let underWay = 0
  let most = 0
  upstream.otherwise((socket, request) => {
    underWay += 1
    most = Math.max(most, underWay)
    setImmediate(() => {
      underWay -= 1
      void answersJson({ found: 1 })(socket, request)
    })
  })
  const { search } = startRuntime(upstream.url, { script: { limits: { window: null, concurrent: 2 } } })
  await Promise.all(Array.from({ length: 30 }, () => search()))
  expect(most).toBe(2)
})

test('a turn that comes when the provider could hardly answer in time is not taken', async () => {
  const clock = createManualClock()
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ done: true }))
  const limits = { window: { requests: 1, ms: 10_000 }, concurrent: 1 }
  const { remove } = startRuntime(upstream.url, { clock, script: { limits } })
  await remove()
  expect(await failureOf(remove({ deadlineMs: 12_000 }))).toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 10_020,
  })
  const inTime = remove({ deadlineMs: 14_000 })
  await vi.waitUntil(() => clock.timers() > 2, PATIENCE)
  await clock.advance(10_020)
  await inTime
  expect(upstream.requests).toHaveLength(2)
})

test.each([
  ['seconds', { 'retry-after': '7' }, 7_000],
  ['a date', { 'retry-after': 'Sat, 01 Aug 2026 09:30:09 GMT' }, 9_000],
  ['nothing', {}, 1_000],
  ['a negative number', { 'retry-after': '-5' }, 1_000],
  ['a day', { 'retry-after': '86400' }, 300_000],
])('after a 429 with %s nobody asks until that is over', async (_, headers, pauseMs) => {
  const clock = createManualClock()
  const upstream = await startUpstream()
  upstream.next(answersJson({}, 429, headers))
  upstream.otherwise(answersJson({ found: 1 }))
  const { search } = startRuntime(upstream.url, { clock })
  const asked = () => failureOf(search({ deadlineMs: 900 }))
  expect(await asked()).toMatchObject({ code: 'rate_limited', retryAfterMs: pauseMs })
  await Promise.all(Array.from({ length: 20 }, asked))
  await clock.advance(pauseMs - 1)
  const next = search({ deadlineMs: 900 })
  await clock.advance(0)
  expect(upstream.requests).toHaveLength(1)
  await clock.advance(1)
  await next
  expect(upstream.requests).toHaveLength(2)
})
