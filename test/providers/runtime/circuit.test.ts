import { expect, test } from 'vitest'
import type { CircuitChange, CircuitSubject, Verdict } from '#providers/circuit'
import { createCircuits } from '#providers/circuit'
import { createDeadline } from '#providers/deadline'
import { createLimiter } from '#providers/limiter'
import { passGate } from '#providers/wire/gate'
import { createManualClock } from '#test/manual-clock'
import { failureOf } from '#test/provider-runtime'

const subject: CircuitSubject = {
  id: 'connection_01kb2z6x9ve8vs2m0g5a7d3c1r',
  fingerprint: 'f1',
  provider: 'homebox',
  mode: 'live',
}

function setUp() {
  const clock = createManualClock()
  const changes: CircuitChange[] = []
  const circuits = createCircuits({ clock, random: () => 0, onChange: change => changes.push(change) })
  const admit = async () => {
    const admission = await circuits.admit(subject)
    if (!admission.admitted) throw new Error(`refused for ${admission.retryAfterMs}`)
    return admission
  }
  const calls = async (...verdicts: Verdict[]) => {
    for (const verdict of verdicts) (await admit()).settle(verdict)
    // The ledger hears of it before time goes on.
    await clock.advance(0)
  }
  return { clock, circuits, changes, admit, calls, state: () => circuits.state('f1') }
}

const fiveBad = Array.from({ length: 5 }, (): Verdict => 'bad')

test('five failures in a row open the circuit, whoever asks is told how long', async () => {
  const { calls, changes, state } = setUp()
  await calls('good', ...fiveBad)
  expect(state()).toBe('open')
  expect(changes).toEqual([{ subject, from: 'closed', to: 'open', at: new Date('2026-08-01T09:30:00.000Z') }])
  await expect(calls('good')).rejects.toThrow('refused for 5000')
})

test('half of the last twenty calls failing open it as well', async () => {
  const { calls, state } = setUp()
  for (let count = 0; count < 9; count += 1) await calls('bad', 'good')
  expect(state()).toBe('closed')
  await calls('good', 'bad')
  expect(state()).toBe('open')
})

test('calls that say nothing about the provider change nothing', async () => {
  const { calls, state } = setUp()
  await calls('bad', 'bad', 'bad', 'bad', 'neutral', 'neutral', 'neutral')
  expect(state()).toBe('closed')
  await calls('bad')
  expect(state()).toBe('open')
})

test('after its pause one probe at a time is let through, and two good ones close it', async () => {
  const { clock, calls, admit, changes, state } = setUp()
  await calls(...fiveBad)
  await clock.advance(5_000)
  const probe = await admit()
  await expect(admit()).rejects.toThrow('refused')
  probe.settle('good')
  expect(state()).toBe('half_open')
  await calls('good')
  expect(changes.map(({ from, to }) => `${from} → ${to}`)).toEqual([
    'closed → open',
    'open → half_open',
    'half_open → closed',
  ])
})

test('a bad probe opens it again for longer, up to a minute', async () => {
  const { clock, calls, state } = setUp()
  await calls(...fiveBad)
  for (const pause of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
    await clock.advance(pause - 1)
    await expect(calls('good')).rejects.toThrow('refused')
    await clock.advance(1)
    await calls('bad')
    expect(state()).toBe('open')
  }
})

test('a good probe does not excuse a bad one after it', async () => {
  const { clock, calls, state } = setUp()
  await calls(...fiveBad)
  await clock.advance(5_000)
  await calls('good', 'bad')
  expect(state()).toBe('open')
})

test('a probe that says nothing makes room for the next', async () => {
  const { clock, calls, state } = setUp()
  await calls(...fiveBad)
  await clock.advance(5_000)
  await calls('neutral', 'good', 'good')
  expect(state()).toBe('closed')
})

test('calls from before it opened do not judge what came after', async () => {
  const { clock, calls, admit, state } = setUp()
  const old = [await admit(), await admit()]
  await calls(...fiveBad)
  await clock.advance(5_000)
  const probe = await admit()
  old[0]?.settle('bad')
  expect(state()).toBe('half_open')
  probe.settle('good')
  old[1]?.settle('good')
  expect(state()).toBe('half_open')
})

test('an admitted call is judged once', async () => {
  const { admit, state } = setUp()
  const call = await admit()
  for (let count = 0; count < 9; count += 1) call.settle('bad')
  expect(state()).toBe('closed')
})

test('a probe that never went out makes room for the next', async () => {
  const { clock, calls, circuits, state } = setUp()
  await calls(...fiveBad)
  await clock.advance(5_000)
  const limits = { window: null, concurrent: 1 }
  const scope = {
    context: { connection: { ...subject, baseUrl: '', credentials: {}, source: 'account' }, accountId: 'a' },
    operation: 'quotes.create',
    provider: { id: 'homebox', limits: { test: limits, live: limits } },
  } as const
  const late = createDeadline(0, AbortSignal.abort(), clock)
  const work = passGate({ circuits, limiter: createLimiter({ clock }) }, scope, late)
  expect(await failureOf(work)).toMatchObject({ code: 'provider_timeout', outcome: 'not_sent' })
  await calls('good', 'good')
  expect(state()).toBe('closed')
})
