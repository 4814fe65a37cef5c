import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { runAttempts } from '#providers/attempts'
import { createRunTrace } from '#providers/call-scope'
import { createDeadline } from '#providers/deadline'
import { ProviderError, type ProviderErrorFacts } from '#providers/provider-error'
import { createRetryBudget } from '#providers/retry'
import { createManualClock } from '#test/manual-clock'

const limits = { window: null, concurrent: 1 }
const connection = {
  id: 'connection_1',
  provider: 'homebox',
  mode: 'test',
  baseUrl: 'https://homebox.example',
  credentials: {},
  source: 'account',
  fingerprint: 'f1',
} as const

function failure(facts: Partial<ProviderErrorFacts> = {}): ProviderError {
  const known = { provider: 'homebox', operation: 'tenants.delete', code: 'provider_unavailable' } as const
  return new ProviderError({ ...known, outcome: 'not_sent', message: 'no answer', ...facts })
}

/** One run under a clock that stands still, every attempt of which ends as `ends` says, the last one for good. */
function start(...ends: readonly unknown[]) {
  const clock = createManualClock()
  const parent = new AbortController()
  const deadline = createDeadline(10_000, parent.signal, clock)
  const retryBudget = createRetryBudget({ clock })
  const [attempts, retries, lines]: [number[], unknown[], string[]] = [[], [], []]
  const logger = pino({ level: 'error' }, { write: line => void lines.push(line) })
  const deps = {
    clock,
    random: () => 1,
    logger,
    retryBudget,
    onRetry: (retry: unknown) => retries.push(retry),
  }
  const scope = {
    context: { connection, accountId: 'a1', requestId: 'req_1', deadline },
    operation: 'tenants.delete',
    effect: 'unsafe',
    provider: { id: 'homebox', limits: { test: limits, live: limits }, readRefusal: () => ({}) },
    trace: createRunTrace(connection, clock),
  } as const
  const ended = runAttempts(deps, scope, async ({ attempt }) => {
    attempts.push(attempt)
    const end = ends[attempts.length - 1] ?? ends.at(-1)
    if (end instanceof Error || typeof end === 'function') throw end
    return end
  }).then(
    value => ({ value }),
    (error: unknown) => ({ error }),
  )
  return { clock, parent, deadline, retryBudget, attempts, retries, lines, ended }
}

describe('a run', () => {
  test('that succeeds at once is not repeated, and earns a part of a repeat', async () => {
    const { ended, attempts, retries, retryBudget } = start('done')
    while (retryBudget.take('f1')) continue
    for (let good = 0; good < 9; good += 1) retryBudget.refund('f1')
    expect(await ended).toEqual({ value: 'done' })
    expect([attempts, retries]).toEqual([[1], []])
    expect([retryBudget.take('f1'), retryBudget.take('f1')]).toEqual([true, false])
  })

  test('waits before each further attempt, which is told', async () => {
    const { ended, clock, attempts, retries } = start(
      failure(),
      failure({ code: 'provider_timeout' }),
      'done',
    )
    await clock.advance(0)
    await clock.advance(199)
    expect(attempts).toEqual([1])
    await clock.advance(1)
    await clock.advance(399)
    expect(attempts).toEqual([1, 2])
    await clock.advance(1)
    expect(await ended).toEqual({ value: 'done' })
    expect(attempts).toEqual([1, 2, 3])
    const told = { provider: 'homebox', operation: 'tenants.delete' }
    expect(retries).toEqual([
      { ...told, code: 'provider_unavailable' },
      { ...told, code: 'provider_timeout' },
    ])
  })

  test('ends with the last error, and leaves no timer behind', async () => {
    const last = failure({ status: 503 })
    const { ended, clock, attempts, deadline } = start(failure(), failure(), last)
    await clock.advance(0)
    await clock.advance(600)
    expect(await ended).toEqual({ error: last })
    deadline.dispose()
    expect([attempts, clock.timers()]).toEqual([[1, 2, 3], 0])
  })

  test('is not repeated where nothing is saved up for that', async () => {
    const { ended, retryBudget, retries, attempts } = start(failure())
    while (retryBudget.take('f1')) continue
    expect(await ended).toMatchObject({ error: { facts: { outcome: 'not_sent' } } })
    expect([attempts, retries]).toEqual([[1], []])
  })

  test('ends at once when nobody waits for it any more, and leaves no timer behind', async () => {
    const first = failure()
    const { ended, parent, clock, attempts, deadline } = start(first)
    await clock.advance(0)
    parent.abort()
    expect(await ended).toEqual({ error: first })
    deadline.dispose()
    expect([attempts, clock.timers()]).toEqual([[1], 0])
  })

  test('that fails by a mistake of ours is not repeated and logs where, not what', async () => {
    const { ended, attempts, lines } = start(new TypeError('account 12345678'))
    const message = 'The gateway could not carry out tenants.delete at homebox'
    const facts = { code: 'provider_error', outcome: 'not_sent', final: true, message }
    expect(await ended).toMatchObject({ error: { facts } })
    expect(attempts).toEqual([1])
    const [line = '{}', ...others] = lines
    expect(others).toEqual([])
    expect(JSON.parse(line)).toMatchObject({
      provider: 'homebox',
      operation: 'tenants.delete',
      request_id: 'req_1',
      type: 'TypeError',
      at: expect.arrayContaining([expect.stringMatching(/^\s+at .*attempts\.test\.ts/)]),
      msg: 'adapter failed',
    })
    expect(line).not.toContain('12345678')
  })

  test('that throws something else than an error is a mistake of ours as well', async () => {
    const { ended, lines } = start(() => 'thrown')
    expect(await ended).toMatchObject({ error: { facts: { code: 'provider_error' } } })
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ type: 'function', at: [] })
  })
})
