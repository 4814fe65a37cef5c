import { once } from 'node:events'
import { expect, test } from 'vitest'
import { createManualClock } from '#test/manual-clock'
import { failureOf, startRuntime } from '#test/provider-runtime'
import type { Behaviour } from '#test/upstream'
import { after, answersJson, drips, startUpstream, staysSilent } from '#test/upstream'

test('a provider that applies and stays silent leaves an unsafe call unknown and is not asked again', async () => {
  const clock = createManualClock()
  const upstream = await startUpstream()
  upstream.otherwise(upstream.applies(staysSilent))
  const work = failureOf(startRuntime(upstream.url, { clock, providerMs: 5_000 }).remove())
  await upstream.received(1)
  await clock.advance(5_000)
  expect(await work).toMatchObject({
    code: 'provider_timeout',
    outcome: 'unknown',
    message: 'homebox did not answer in time',
  })
  expect(upstream.effects).toBe(1)
})

test('a repeatable call that was not answered in time is repeated while there is time', async () => {
  const clock = createManualClock()
  const upstream = await startUpstream()
  upstream.next(staysSilent, answersJson({ found: 1 }))
  const work = startRuntime(upstream.url, { clock, providerMs: 5_000 }).search({ deadlineMs: 8_000 })
  await upstream.received(1)
  await clock.advance(5_000)
  expect((await work).payload?.data).toEqual({ found: 1 })
})

test('nothing is repeated past the deadline', async () => {
  const clock = createManualClock()
  const upstream = await startUpstream()
  upstream.otherwise(staysSilent)
  const work = failureOf(
    startRuntime(upstream.url, { clock, providerMs: 5_000 }).search({ deadlineMs: 4_000 }),
  )
  await upstream.received(1)
  await clock.advance(4_000)
  expect(await work).toMatchObject({ code: 'provider_timeout' })
  expect(upstream.requests).toHaveLength(1)
})

test('a deadline that has passed sends nothing', async () => {
  const upstream = await startUpstream()
  const { remove, calls } = startRuntime(upstream.url)
  expect(await failureOf(remove({ deadlineMs: 0 }))).toMatchObject({
    code: 'provider_timeout',
    outcome: 'not_sent',
  })
  expect(upstream.connections).toBe(0)
  expect(calls).toEqual([])
})

test('a body that only drips is given up in time', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(drips(' ', 5))
  const { remove } = startRuntime(upstream.url, { providerMs: 1_500 })
  expect(await failureOf(remove())).toMatchObject({
    code: 'provider_timeout',
    outcome: 'unknown',
    status: 200,
  })
})

test('a refusal whose body drips is told by its status', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(socket => {
    socket.write('HTTP/1.1 422 Unprocessable\r\ncontent-length: 90\r\n\r\n{"mess')
  })
  const { remove } = startRuntime(upstream.url, { providerMs: 1_500 })
  expect(await failureOf(remove())).toMatchObject({
    code: 'provider_rejected',
    outcome: 'refused',
    status: 422,
  })
})

test('a caller that goes away ends the call at once', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(staysSilent)
  const caller = new AbortController()
  const { remove } = startRuntime(upstream.url)
  const work = failureOf(remove({ signal: caller.signal }))
  await upstream.received(1)
  caller.abort()
  expect(await work).toMatchObject({ code: 'provider_timeout', outcome: 'unknown' })
})

test('the silence of one provider does not hold up another', async () => {
  const silent = await startUpstream()
  const quick = await startUpstream()
  silent.otherwise(staysSilent)
  quick.otherwise(answersJson({ found: 1 }))
  const clock = createManualClock()
  const waiting = failureOf(startRuntime(silent.url, { clock, providerMs: 5_000 }).remove())
  await silent.received(1)
  await startRuntime(quick.url).search()
  await clock.advance(5_000)
  expect(await waiting).toMatchObject({ outcome: 'unknown' })
})

/** Sends up to 64 MB as fast as it is read, and counts. */
function floods(sent: { bytes: number }): Behaviour {
  const piece = Buffer.alloc(64 * 1024, ' ')
  return async socket => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n')
    for (let count = 0; count < 1_000 && !socket.destroyed; count += 1) {
      sent.bytes += piece.length
      const more = socket.write(Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]))
      if (!more) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
    }
  }
}

test('an answer without end is cut off near the limit, and not asked for again', async () => {
  const upstream = await startUpstream()
  const sent = { bytes: 0 }
  upstream.otherwise(floods(sent))
  const { search } = startRuntime(upstream.url)
  expect(await failureOf(search())).toMatchObject({ code: 'provider_error', outcome: 'unknown', final: true })
  expect(upstream.requests).toHaveLength(1)
  expect(sent.bytes).toBeLessThan(16 * 1024 * 1024)
})

test('an answer that comes after all is not taken for the next one', async () => {
  const clock = createManualClock()
  const gate = Promise.withResolvers<void>()
  const upstream = await startUpstream()
  upstream.next(after(gate.promise, answersJson({ found: 1 })), answersJson({ found: 2 }))
  const { search, calls } = startRuntime(upstream.url, { clock, providerMs: 5_000 })
  const work = search()
  await upstream.received(1)
  await clock.advance(5_000)
  gate.resolve()
  expect((await work).payload?.data).toEqual({ found: 2 })
  expect(calls.map(({ errorCode }) => errorCode)).toEqual(['provider_timeout', null])
})
