import { expect, test } from 'vitest'
import type { StartedRuntime } from '#test/provider-runtime'
import { failureOf, startRuntime } from '#test/provider-runtime'
import { after, answersJson, startUpstream, staysSilent } from '#test/upstream'

const limits = { window: null, concurrent: 5 }
const times = (count: number) => Array.from({ length: count }, (_, index) => index)

/** The same runtime, and calls of it with other credentials at another provider. */
function beside({ runtime, connection, context }: StartedRuntime, url: string) {
  const other = { ...connection, baseUrl: url, fingerprint: 'f2' }
  const call = (signal: AbortSignal) =>
    runtime.run({ ...context({ signal }), connection: other }, 'addresses.search', { query: 'NE1 2QB' })
  return { other, call }
}

test('a provider that does not answer holds no more than its own places, and costs the others nothing', async () => {
  const [quick, slow] = [await startUpstream(), await startUpstream()]
  quick.otherwise(answersJson({ found: 1 }))
  slow.otherwise(staysSilent)
  const started = startRuntime(quick.url, { script: { limits } })
  const { other, call } = beside(started, slow.url)
  const caller = new AbortController()
  const hanging = times(40).map(() => failureOf(call(caller.signal)))
  await slow.received(5)

  await Promise.all(times(100).map(() => started.search()))
  expect(quick.requests).toHaveLength(100)
  expect(started.runtime.state(other).limit).toMatchObject({ underWay: 5, waiting: 35 })
  expect(started.runtime.state(started.connection)).toMatchObject({
    circuit: 'closed',
    limit: { underWay: 0, waiting: 0 },
  })
  expect([slow.requests.length, slow.connections]).toEqual([5, 5])
  caller.abort()
  const ends = await Promise.all(hanging)
  expect(ends.filter(({ outcome }) => outcome === 'not_sent')).toHaveLength(35)
})

test('a provider that has become slow is asked one by one as it answers, never by all at once', async () => {
  const gate = Promise.withResolvers<void>()
  const slow = await startUpstream()
  let underWay = 0
  let most = 0
  slow.otherwise((socket, request) => {
    underWay += 1
    most = Math.max(most, underWay)
    const answer = after(gate.promise, answersJson({ found: 1 }))
    return Promise.resolve(answer(socket, request)).finally(() => {
      underWay -= 1
    })
  })
  const { search } = startRuntime(slow.url, { script: { limits } })
  const work = times(30).map(() => search())
  await slow.received(5)
  gate.resolve()
  await Promise.all(work)
  expect(most).toBe(5)
  expect(slow.requests).toHaveLength(30)
})
