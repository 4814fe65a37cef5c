import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { failureOf, startRuntime } from '#test/provider-runtime'
import type { Behaviour } from '#test/upstream'
import { answersJson, resets, startUpstream } from '#test/upstream'

/** undici gives a connection back one turn of the event loop after its answer. */
async function givenBack(): Promise<void> {
  await setImmediate()
  await setImmediate()
}

test('repeatable calls share a kept connection', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ found: 1 }))
  const { search } = startRuntime(upstream.url)
  await search()
  await givenBack()
  await search()
  expect(upstream.requests.map(({ connection }) => connection)).toEqual([1, 1])
})

test('every unsafe call has a connection of its own and says that it ends', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ done: true }))
  const { remove } = startRuntime(upstream.url)
  await remove()
  await givenBack()
  await remove()
  expect(upstream.requests.map(({ connection, headers }) => [connection, headers['connection']])).toEqual([
    [1, 'close'],
    [2, 'close'],
  ])
})

/** Behaves as a provider that closes a kept connection at the very moment it is used again. */
function closesOnReuse(behaviour: Behaviour): Behaviour {
  const seen = new Set<number>()
  return (socket, request) => {
    const again = seen.has(request.connection)
    seen.add(request.connection)
    return again ? resets(socket, request) : behaviour(socket, request)
  }
}

test('a connection closed exactly on reuse costs a repeatable call one repeat', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(closesOnReuse(answersJson({ found: 1 })))
  const { search, calls } = startRuntime(upstream.url)
  await search()
  await givenBack()
  await search()
  expect(calls.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
    [1, 'ok'],
    [1, 'unknown'],
    [2, 'ok'],
  ])
  expect(upstream.requests).toHaveLength(3)
})

test('unsafe calls never meet a connection that is closed on reuse', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(upstream.applies(closesOnReuse(answersJson({ done: true }))))
  const { remove } = startRuntime(upstream.url)
  await remove()
  await givenBack()
  await remove()
  await givenBack()
  await remove()
  expect(upstream.effects).toBe(3)
})

test('closing the runtime breaks off what is under way', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(() => undefined)
  const { remove, runtime } = startRuntime(upstream.url)
  const work = failureOf(remove())
  await upstream.received(1)
  await runtime.close()
  expect(await work).toMatchObject({ outcome: 'unknown' })
})
