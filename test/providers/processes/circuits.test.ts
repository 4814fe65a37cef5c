import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { CircuitRecord } from '#providers/circuit-state'
import type { Circuits, CircuitSubject, Verdict } from '#providers/circuit'
import { createCircuits } from '#providers/circuit'
import type { Ledger } from '#providers/ledger'
import { createManualClock } from '#test/manual-clock'
import { failureOf } from '#test/provider-runtime'
import { useProcesses } from '#test/processes'
import { answersJson, startUpstream } from '#test/upstream'

const processes = useProcesses(2)

const fiveBad = Array.from({ length: 5 }, (): Verdict => 'bad')

/** Circuits of two processes over the same credentials; the pause of an open one can be made to be over. */
function setUp() {
  const clock = createManualClock()
  const subject: CircuitSubject = {
    id: randomUUID(),
    fingerprint: randomUUID(),
    provider: 'homebox',
    mode: 'live',
  }
  const ledgers = processes.ledgers.map(({ circuits }) => circuits)
  const [one, other] = ledgers.map(ledger => createCircuits({ clock, random: () => 0, ledger }))
  const [ledger] = ledgers
  if (!one || !other || !ledger) throw new Error('there are not two processes')
  const calls = async (circuits: Circuits, ...verdicts: readonly Verdict[]) => {
    for (const verdict of verdicts) {
      const admission = await circuits.admit(subject)
      if (!admission.admitted) throw new Error('refused')
      admission.settle(verdict)
    }
    await circuits.look(subject)
  }
  return { clock, subject, one, other, calls, pauseIsOver: () => pauseIsOver(ledger, subject, clock) }
}

/** Moves the pause in the ledger and the clocks of the processes past its end. */
async function pauseIsOver(
  ledger: Ledger<CircuitRecord>,
  { fingerprint }: CircuitSubject,
  clock: { advance(ms: number): Promise<void> },
): Promise<void> {
  await ledger.change(fingerprint, (record, now) => ({
    next: record && { ...record, openUntil: now },
    result: null,
  }))
  await clock.advance(60_000)
}

test('what one process has opened, another opens at its first failure', async () => {
  const { one, other, calls, subject } = setUp()
  await calls(one, ...fiveBad)
  await calls(other, 'bad')
  expect(await other.admit(subject)).toEqual({ admitted: false, retryAfterMs: expect.any(Number) })
})

test('a process that has made no call yet shows what the others know', async () => {
  const { one, other, calls, subject } = setUp()
  await calls(one, ...fiveBad)
  expect(other.state(subject.fingerprint)).toBe('closed')
  expect(await other.look(subject)).toBe('open')
})

test('one probe is let through for all of them, and what it shows is known to all', async () => {
  const { one, other, calls, subject, pauseIsOver } = setUp()
  await calls(one, ...fiveBad)
  await other.look(subject)
  await pauseIsOver()
  const both = await Promise.all([one.admit(subject), other.admit(subject)])
  expect(both.filter(admission => !admission.admitted)).toEqual([{ admitted: false, retryAfterMs: 1_000 }])
  const prober = both[0].admitted ? one : other
  for (const admission of both) if (admission.admitted) admission.settle('bad')
  // What a process asks comes after what it has told; what another asks may overtake it.
  expect(await prober.look(subject)).toBe('open')
  expect([await one.look(subject), await other.look(subject)]).toEqual(['open', 'open'])
})

test('two good probes close it wherever they were made', async () => {
  const { one, other, calls, subject, pauseIsOver, clock } = setUp()
  await calls(one, ...fiveBad)
  await other.look(subject)
  await pauseIsOver()
  await calls(one, 'good')
  expect(await other.look(subject)).toBe('half_open')
  await calls(other, 'good')
  expect(other.state(subject.fingerprint)).toBe('closed')
  await clock.advance(1_000)
  await calls(one, 'good')
  expect(one.state(subject.fingerprint)).toBe('closed')
})

test('a failure that only one process has met opens nothing in the others', async () => {
  const { one, other, calls, subject } = setUp()
  await calls(one, 'bad', 'bad', 'bad', 'bad')
  await calls(other, 'bad')
  expect([one.state(subject.fingerprint), await other.look(subject)]).toEqual(['closed', 'closed'])
})

test('without the database each process protects itself and the provider', async () => {
  const { clock, subject, calls } = setUp()
  const ledger = { change: () => Promise.reject(new Error('Connection terminated')) }
  const alone = createCircuits({ clock, random: () => 0, ledger })
  await calls(alone, ...fiveBad)
  expect(await alone.admit(subject)).toEqual({ admitted: false, retryAfterMs: 5_000 })
  await clock.advance(5_000)
  await calls(alone, 'good', 'good')
  expect(alone.state(subject.fingerprint)).toBe('closed')
})

test('a provider that is down is asked six times by two processes, not ten', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({}, 500))
  const [one, other] = processes.runtimes(upstream.url)
  if (!one || !other) throw new Error('there are not two processes')
  for (let count = 0; count < 5; count += 1) await failureOf(one.remove())
  // By the time that it has an answer, what it met is told.
  await one.runtime.look(one.connection)
  await failureOf(other.remove())
  expect((await other.runtime.look(other.connection)).circuit).toBe('open')
  expect(await failureOf(other.remove())).toMatchObject({ code: 'provider_unavailable', outcome: 'not_sent' })
  expect(upstream.requests).toHaveLength(6)
})
