import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '#providers/clock'
import { createPools } from '#providers/wire/pools'
import { send } from '#providers/wire/send'
import { createManualClock } from '#test/manual-clock'
import { failureOf, startRuntime } from '#test/provider-runtime'
import { selfSigned } from '#test/self-signed'
import { answersJson, startUpstream } from '#test/upstream'

async function closedPort(): Promise<string> {
  const upstream = await startUpstream()
  await upstream.close()
  return upstream.url
}

test('a refused connection was not sent, so that even an unsafe call is tried three times', async () => {
  const started = startRuntime(await closedPort())
  expect(await failureOf(started.remove())).toMatchObject({
    code: 'provider_unavailable',
    outcome: 'not_sent',
    message: 'homebox could not be reached (ECONNREFUSED)',
  })
  expect(started.calls.map(call => [call.attempt, call.outcome, call.status])).toEqual([
    [1, 'not_sent', null],
    [2, 'not_sent', null],
    [3, 'not_sent', null],
  ])
})

test('a name that does not resolve was not sent', async () => {
  const { remove } = startRuntime('http://provider.invalid')
  expect(await failureOf(remove())).toMatchObject({ code: 'provider_unavailable', outcome: 'not_sent' })
})

test('a certificate that nobody vouches for is refused before anything is sent', async () => {
  const upstream = await startUpstream({ tls: selfSigned() })
  const { remove } = startRuntime(upstream.url)
  expect(await failureOf(remove())).toMatchObject({
    code: 'provider_unavailable',
    outcome: 'not_sent',
    message: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'),
  })
  expect(upstream.requests).toEqual([])
})

test('a server that speaks no TLS was not sent anything', async () => {
  const upstream = await startUpstream()
  const { remove } = startRuntime(upstream.url.replace('http:', 'https:'))
  upstream.otherwise(answersJson({ done: true }))
  expect(await failureOf(remove({ deadlineMs: 300 }))).toMatchObject({ outcome: 'not_sent' })
  expect(upstream.requests).toEqual([])
})

test('our own timer strikes while a connection is being made', async () => {
  const clock = createManualClock()
  const upstream = await startUpstream({ onConnect: socket => socket.pause() })
  const { remove } = startRuntime(upstream.url.replace('http:', 'https:'), { clock, providerMs: 60_000 })
  const work = failureOf(remove({ deadlineMs: 4_000 }))
  await upstream.connected(1)
  await clock.advance(4_000)
  expect(await work).toMatchObject({ code: 'provider_timeout', outcome: 'not_sent' })
})

test('nothing is sent any more when the connection comes about after we gave up', async () => {
  const upstream = await startUpstream()
  const pools = createPools({ clock: systemClock, providerMs: 5_000 })
  onTestFinished(() => pools.destroy())
  const pool = pools.pool(upstream.url, 'unsafe')
  const request = { method: 'POST', headers: {}, body: '{}' } as const
  const caller = new AbortController()
  const progress = { dispatched: false, answered: false }

  const work = send(pool, { ...request, path: '/given-up' }, caller.signal, progress)
  caller.abort()
  await expect(work).rejects.toThrow('aborted')
  await upstream.connected(1)
  await send(pool, { ...request, path: '/next' }, new AbortController().signal, { ...progress })

  expect(progress.dispatched).toBe(false)
  expect(upstream.requests.map(({ path }) => path)).toEqual(['/next'])
})
