import { describe, expect, test, vi } from 'vitest'
import { systemClock } from '#providers/clock'
import { createTokenLease, TokenPause } from '#providers/token-lease'
import { createManualClock } from '#test/manual-clock'
import { failureOf, type StartedRuntime } from '#test/provider-runtime'
import { useProcesses } from '#test/processes'
import { oauth, tokenRequests, withToken } from '#test/token-provider'
import { after, answersJson, resets, startUpstream } from '#test/upstream'
import { PATIENCE } from '#test/patience'

const processes = useProcesses(3)
const script = { search: withToken, remove: withToken }

/** The same call of many callers in every process. */
function everywhere(runtimes: readonly StartedRuntime[], each = 20) {
  return runtimes.flatMap(({ remove }) => Array.from({ length: each }, () => remove()))
}

const codes = async (work: readonly Promise<unknown>[]) =>
  new Set((await Promise.all(work.map(failureOf))).map(({ code }) => code))

describe('processes over one set of credentials', () => {
  test('fetch one token, however many callers wait in each', async () => {
    const upstream = await startUpstream()
    const gate = Promise.withResolvers<void>()
    const handsOut = oauth(token => token === 'access-token-1')
    upstream.next(after(gate.promise, handsOut))
    upstream.otherwise(handsOut)
    const calls = everywhere(processes.runtimes(upstream.url, { script }))
    await upstream.received(1)
    gate.resolve()
    await Promise.all(calls)
    expect(tokenRequests(upstream)).toBe(1)
    expect(upstream.requests).toHaveLength(61)
  })

  test('renew a token that ends in the middle of a burst once, and repeat each call once', async () => {
    const upstream = await startUpstream()
    let expired = false
    upstream.otherwise(oauth(token => !expired || token === 'access-token-2'))
    const runtimes = processes.runtimes(upstream.url, { script })
    await Promise.all(everywhere(runtimes))
    expired = true
    await Promise.all(everywhere(runtimes))
    const renewed = upstream.requests.filter(
      ({ headers }) => headers['authorization'] === 'Bearer access-token-2',
    )
    expect(tokenRequests(upstream)).toBe(2)
    expect(renewed).toHaveLength(60)
  })

  test('ask once for revoked credentials, and then say so to everybody', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(answersJson({ error: 'invalid_client' }, 401))
    const runtimes = processes.runtimes(upstream.url, { script })
    expect(await codes(everywhere(runtimes))).toEqual(new Set(['provider_auth_failed']))
    expect(await codes(everywhere(runtimes))).toEqual(new Set(['provider_auth_failed']))
    expect(upstream.requests).toHaveLength(1)
  })

  test('meet a token endpoint that is down with a handful of requests, and then with none', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(resets)
    const runtimes = processes.runtimes(upstream.url, { script })
    await codes(everywhere(runtimes))
    await codes(everywhere(runtimes))
    expect(await codes(everywhere(runtimes))).toEqual(new Set(['provider_unavailable']))
    // Each finds out for itself, one at a time, until the circuit of all of them is open.
    expect(upstream.requests.length).toBeLessThanOrEqual(15)
  })

  test('do not mind that their clocks differ by ten minutes', async () => {
    const upstream = await startUpstream()
    upstream.otherwise(oauth(() => true))
    for (const [index, minutes] of [0, -10, 10].entries()) {
      const off = minutes * 60_000
      const clock = {
        ...systemClock,
        now: () => systemClock.now() + 600_000 + off,
        date: () => new Date(Date.now() + off),
      }
      const [runtime] = processes.runtimes(upstream.url, {
        script,
        clock,
        fingerprint: 'clocks',
        ...(processes.ledgers[index] && { ledgers: processes.ledgers[index] }),
      })
      await runtime?.remove()
    }
    expect(tokenRequests(upstream)).toBe(1)
  })
})

describe('a lease of the token', () => {
  const ledgerOf = (index: number) => {
    const ledgers = processes.ledgers[index]
    if (!ledgers) throw new Error('there is no such process')
    return ledgers.tokens
  }
  const lease = (index: number, longestFetchMs = 60_000) =>
    createTokenLease({ clock: systemClock, ledger: ledgerOf(index), longestFetchMs })
  const never = () => new Promise<never>(() => undefined)

  test('passes to another process when the one that holds it has died', async () => {
    const dying = vi.fn(never)
    void lease(0, 200)('dead', dying, undefined)
    await vi.waitUntil(() => dying.mock.calls.length === 1, PATIENCE)
    const fetch = async () => ({ value: 'from the other', expiresInSeconds: 60 })
    expect(await lease(1)('dead', fetch, undefined)).toMatchObject({ value: 'from the other' })
  })

  test('is not waited for any longer than a fetch can take', async () => {
    const holding = vi.fn(never)
    void lease(0)('held', holding, undefined)
    await vi.waitUntil(() => holding.mock.calls.length === 1, PATIENCE)
    await expect(lease(1, 200)('held', never, undefined)).rejects.toThrow(TokenPause)
  })

  test('is not needed while the token that is renewed early still works', async () => {
    const key = 'renewed early'
    await lease(0)(key, async () => ({ value: 'old', expiresInSeconds: 3_600 }), undefined)
    await ledgerOf(0).change(key, record => {
      const token = record?.token ?? null
      return { next: record && { ...record, token: token && { ...token, renewAt: 0 } }, result: null }
    })
    const renewing = vi.fn(never)
    void lease(0)(key, renewing, undefined)
    await vi.waitUntil(() => renewing.mock.calls.length === 1, PATIENCE)
    expect((await lease(1)(key, never, undefined)).value).toBe('old')
  })

  test('is done without where the database is away', async () => {
    const ledger = { change: () => Promise.reject(new Error('Connection terminated')) }
    const alone = createTokenLease({ clock: createManualClock(), ledger, longestFetchMs: 1_000 })
    const token = { value: 'own', expiresInSeconds: 60 }
    expect(await alone('k', async () => token, undefined)).toBe(token)
  })
})
