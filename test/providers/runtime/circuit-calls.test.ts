import { expect, test } from 'vitest'
import { createManualClock } from '#test/manual-clock'
import { failureOf, startRuntime } from '#test/provider-runtime'
import { answersJson, answersPage, resets, startUpstream, staysSilent } from '#test/upstream'

test.each([
  ['resets', resets],
  ['5xx', answersJson({}, 500)],
  ['pages in place of JSON', answersPage()],
])(
  'a provider that answers with %s is not asked any more, which is told as not sent',
  async (_, behaviour) => {
    const upstream = await startUpstream()
    upstream.otherwise(behaviour)
    const { search, remove, runtime, connection } = startRuntime(upstream.url)
    await failureOf(search())
    await failureOf(search())
    expect(runtime.state(connection).circuit).toBe('open')
    expect(await failureOf(remove())).toMatchObject({
      code: 'provider_unavailable',
      outcome: 'not_sent',
      retryAfterMs: expect.any(Number),
      message: 'homebox does not work at the moment and is not asked',
    })
    expect(upstream.requests).toHaveLength(5)
  },
)

test.each([
  ['refusals', answersJson({}, 422)],
  ['refused credentials', answersJson({}, 401)],
  ['another shape in one operation', answersJson({ renamed: 1 })],
])('%s do not open it', async (_, behaviour) => {
  const upstream = await startUpstream()
  upstream.otherwise(behaviour)
  const { search, runtime, connection } = startRuntime(upstream.url)
  for (let count = 0; count < 25; count += 1) await failureOf(search())
  expect(runtime.state(connection).circuit).toBe('closed')
  expect(upstream.requests).toHaveLength(25)
})

test('a provider that was given hardly any time has shown nothing by its silence', async () => {
  const clock = createManualClock()
  const upstream = await startUpstream()
  upstream.otherwise(staysSilent)
  const { remove, runtime, connection } = startRuntime(upstream.url, { clock, providerMs: 5_000 })
  for (let count = 1; count <= 6; count += 1) {
    const work = failureOf(remove({ deadlineMs: 2_000 }))
    await upstream.received(count)
    await clock.advance(2_000)
    expect(await work).toMatchObject({ code: 'provider_timeout', outcome: 'unknown' })
  }
  expect(runtime.state(connection).circuit).toBe('closed')
})
