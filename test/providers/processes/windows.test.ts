import { describe, expect, test, vi } from 'vitest'
import type { CallWindow } from '#providers/call-window'
import { systemClock } from '#providers/clock'
import type { StartedRuntime } from '#test/provider-runtime'
import { failureOf } from '#test/provider-runtime'
import { openProvider } from '#test/conformance-runtime'
import { household } from '#test/port-household'
import { useProcesses } from '#test/processes'
import { enforces } from '#test/strict-window'
import { answersJson, startUpstream } from '#test/upstream'
import { startOneUtilityBillSimulator } from '#simulators/one-utility-bill/index'
import { PATIENCE } from '#test/patience'

const processes = useProcesses(2)

/** No window ends during a test. */
const perMinute = (requests: number) => ({ limits: { window: { requests, ms: 60_000 }, concurrent: 10 } })

const inQuarterSecond = { window: { requests: 25, ms: 250 }, concurrent: 10 }

const times = (count: number) => Array.from({ length: count }, (_, index) => index)

async function pair(url: string, options: Parameters<typeof processes.runtimes>[1]) {
  const [one, other] = processes.runtimes(url, options)
  if (!one || !other) throw new Error('there are not two processes')
  return { one, other }
}

/** Resolves once the ledger has heard that none of our calls is under way. */
async function told({ connection }: StartedRuntime): Promise<void> {
  const look = (window: CallWindow | null) => ({ next: window, result: window?.calls ?? [] })
  await vi.waitUntil(async () => {
    const calls = (await processes.ledgers[0]?.windows.change(connection.fingerprint, look)) ?? []
    return calls.every(([, , , over]) => over)
  }, PATIENCE)
}

const statuses = (...runtimes: StartedRuntime[]) =>
  runtimes.flatMap(({ calls }) => calls.map(({ status }) => status))

describe('two processes over one set of credentials', () => {
  test('send one allowance together', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(answersJson({ found: 1 }))
    const { one, other } = await pair(upstream.url, { script: perMinute(25) })
    const ends = await Promise.allSettled(times(100).map(index => (index % 2 ? one : other).search()))
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(25)
    expect(upstream.requests).toHaveLength(25)
  })

  test('share it between the accounts that wait in either, however many calls one of them has', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(answersJson({ found: 1 }))
    const { one, other } = await pair(upstream.url, { script: { limits: inQuarterSecond } })
    const caller = new AbortController()
    const many = times(200).map(() => one.search({ accountId: 'many', signal: caller.signal }))
    const few = times(50).map(() => other.search({ accountId: 'few' }))
    await Promise.race(few)
    const servedBefore = one.calls.length
    await Promise.all(few)
    const servedMeanwhile = one.calls.length - servedBefore
    caller.abort()
    await Promise.allSettled(many)
    // As many as the other, and what was under way as the other was first served.
    expect(servedMeanwhile).toBeLessThanOrEqual(50 + 2 * inQuarterSecond.window.requests)
  })

  test('tell whoever finds no room how long to wait, at once', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(answersJson({ found: 1 }))
    const { one, other } = await pair(upstream.url, { script: perMinute(3) })
    await Promise.all(times(3).map(() => one.search()))
    const { retryAfterMs = 0, ...facts } = await failureOf(other.search())
    expect(facts).toMatchObject({ code: 'rate_limited', outcome: 'not_sent' })
    expect(retryAfterMs).toBeGreaterThan(30_000)
    expect(retryAfterMs).toBeLessThanOrEqual(60_020)
  })

  test('never make the provider say 429 over many windows, and send all that they can', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(enforces(25, 250))
    const { one, other } = await pair(upstream.url, {
      script: { limits: inQuarterSecond },
    })
    const calls = times(150).map(index => (index % 2 ? one : other).search({ accountId: `a${index % 4}` }))
    await Promise.all(calls)
    expect(new Set(statuses(one, other))).toEqual(new Set([200]))
    expect(upstream.requests).toHaveLength(150)
  })

  test('keep to the real limit of One Utility Bill, the request for the token included', async () => {
    const simulator = await startOneUtilityBillSimulator({ limit: { requests: 25, seconds: 10 } })
    const { credentials, url } = simulator
    const opened = processes.ledgers.map(ledgers =>
      openProvider('one_utility_bill', url, { clock: systemClock, credentials, ledgers, deadlineMs: 8_000 }),
    )
    const asked = opened.flatMap(({ runtime, context }) =>
      times(100).map(() => runtime.run(context, 'quotes.create', household())),
    )
    const ends = await Promise.allSettled(asked)
    await simulator.stop()
    expect(simulator.requests()).toHaveLength(25)
    expect(opened.flatMap(({ calls }) => calls).filter(({ status }) => status === 429)).toEqual([])
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(24)
  })

  test('are both held off by a Retry-After that one of them was given', async () => {
    const upstream = await startUpstream()
    upstream.next(answersJson({ found: 1 }), answersJson({}, 429, { 'retry-after': '30' }))
    const { one, other } = await pair(upstream.url, { script: perMinute(25) })
    await one.search()
    expect(await failureOf(one.search())).toMatchObject({ code: 'rate_limited', retryAfterMs: 30_000 })
    await told(one)
    const { code, retryAfterMs = 0 } = await failureOf(other.search())
    expect(code).toBe('rate_limited')
    expect(retryAfterMs).toBeGreaterThan(10_000)
    expect(upstream.requests).toHaveLength(2)
  })

  test('both lower the limit that one of them was told of', async () => {
    const upstream = await startUpstream()
    upstream.next(answersJson({ found: 1 }, 200, { 'x-ratelimit-limit': '2' }))
    upstream.otherwise(answersJson({ found: 1 }))
    const { one, other } = await pair(upstream.url, { script: perMinute(25) })
    await one.search()
    await told(one)
    await other.search()
    expect(await failureOf(other.search())).toMatchObject({ code: 'rate_limited' })
    expect(upstream.requests).toHaveLength(2)
  })
})

describe('a process that cannot reach the database', () => {
  const away = { change: () => Promise.reject(new Error('Connection terminated')) }
  const ledgers = { windows: away, circuits: away, tokens: away }

  test('sends nothing to a provider that counts, and says that it was not sent', async () => {
    const upstream = await startUpstream()
    const [alone] = processes.runtimes(upstream.url, { script: perMinute(25), ledgers })
    expect(await failureOf(alone?.remove() ?? Promise.resolve())).toEqual({
      provider: 'homebox',
      operation: 'tenants.delete',
      code: 'provider_unavailable',
      outcome: 'not_sent',
      message: 'Nobody can tell at the moment whether homebox allows a further call',
      retryAfterMs: 1_000,
      final: true,
      cause: expect.any(Error),
    })
    expect(upstream.requests).toEqual([])
  })

  test('asks a provider that states no limit as ever', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(answersJson({ found: 1 }))
    const [alone] = processes.runtimes(upstream.url, { ledgers })
    await alone?.search()
    expect(upstream.requests).toHaveLength(1)
  })
})
