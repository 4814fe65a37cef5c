import { expect, test } from 'vitest'
import { type CircuitSubject, createCircuits, type Verdict } from '#providers/circuit'
import type { CircuitRecord } from '#providers/circuit-state'
import { createMemoryLedger, type Ledger } from '#providers/ledger'
import { createManualClock } from '#test/manual-clock'

const subject: CircuitSubject = { id: 'connection_1', fingerprint: 'f1', provider: 'homebox', mode: 'live' }
const fiveBad = Array.from({ length: 5 }, (): Verdict => 'bad')

/** Two processes whose clocks stand an hour apart, and the ledger that they share. */
async function setUp(ledger?: Ledger<CircuitRecord>) {
  const clocks = { a: createManualClock(), b: createManualClock() }
  await clocks.b.advance(3_600_000)
  const shared = ledger ?? createMemoryLedger<CircuitRecord>({ clock: clocks.a })
  const process = (clock: typeof clocks.a) => {
    const circuits = createCircuits({ clock, random: () => 0, ledger: shared })
    const calls = async (...verdicts: Verdict[]) => {
      for (const verdict of verdicts) {
        const admission = await circuits.admit(subject)
        if (admission.admitted) admission.settle(verdict)
      }
      await clock.advance(0)
    }
    return { circuits, calls, state: () => circuits.state('f1') }
  }
  const pass = async (ms: number) => {
    await clocks.a.advance(ms)
    await clocks.b.advance(ms)
  }
  return { a: process(clocks.a), b: process(clocks.b), pass }
}

test('a process whose calls begin to fail learns that another has stopped calling, and until when', async () => {
  const { a, b, pass } = await setUp()
  await a.calls(...fiveBad)
  await pass(2_000)
  expect(b.state()).toBe('closed')
  await b.calls('good', 'bad')
  expect(b.state()).toBe('open')
  expect(await b.circuits.admit(subject)).toEqual({ admitted: false, retryAfterMs: 3_000 })
})

test('a process whose calls go well asks nobody', async () => {
  const { a, b } = await setUp()
  await a.calls(...fiveBad)
  await b.calls('good', 'good')
  expect(b.state()).toBe('closed')
})

test('whoever wants to know asks for all of them', async () => {
  const { a, b } = await setUp()
  expect(await b.circuits.look(subject)).toBe('closed')
  await a.calls(...fiveBad)
  expect(await b.circuits.look(subject)).toBe('open')
})

test('there is one probe for all, and what it shows counts for all', async () => {
  const { a, b, pass } = await setUp()
  await a.calls(...fiveBad)
  await b.circuits.look(subject)
  await pass(5_000)
  const probe = await b.circuits.admit(subject)
  expect(probe.admitted).toBe(true)
  expect(await a.circuits.admit(subject)).toEqual({ admitted: false, retryAfterMs: 1_000 })
  if (probe.admitted) probe.settle('good')
  await b.calls('good')
  expect([b.state(), a.state()]).toEqual(['closed', 'half_open'])
  await pass(120_000)
  expect((await a.circuits.admit(subject)).admitted).toBe(true)
  expect(a.state()).toBe('closed')
})

test('a probe whose process died makes room for one of another', async () => {
  const { a, b, pass } = await setUp()
  await a.calls(...fiveBad)
  await pass(5_000)
  await a.circuits.admit(subject)
  await b.circuits.look(subject)
  await pass(119_999)
  expect(await b.circuits.admit(subject)).toEqual({ admitted: false, retryAfterMs: 1_000 })
  await pass(1)
  expect((await b.circuits.admit(subject)).admitted).toBe(true)
})

test('each is left to itself while the ledger cannot be reached', async () => {
  const { a, b, pass } = await setUp({ change: () => Promise.reject(new Error('away')) })
  await a.calls(...fiveBad)
  expect([a.state(), b.state()]).toEqual(['open', 'closed'])
  await pass(5_000)
  await a.calls('good', 'good')
  expect(a.state()).toBe('closed')
})

test('a call from before a failure does not judge what came after it', async () => {
  const { a, pass } = await setUp()
  const old = await Promise.all(fiveBad.map(() => a.circuits.admit(subject)))
  await a.calls(...fiveBad)
  await pass(5_000)
  await a.calls('good', 'good')
  for (const call of old) if (call.admitted) call.settle('bad')
  expect(a.state()).toBe('closed')
})

test('what failed before a circuit closed is forgotten', async () => {
  const { a, pass } = await setUp()
  await a.calls(...fiveBad)
  await pass(5_000)
  await a.calls('good', 'good', 'bad', 'bad', 'bad', 'bad')
  expect(a.state()).toBe('closed')
})

test('the open circuits of a provider are counted', async () => {
  const { a, pass } = await setUp()
  const counts = () => [a.circuits.countOpen('homebox'), a.circuits.countOpen('housr')]
  await a.calls('good')
  expect(counts()).toEqual([0, 0])
  await a.calls(...fiveBad)
  expect(counts()).toEqual([1, 0])
  await pass(5_000)
  await a.circuits.admit(subject)
  expect(counts()).toEqual([0, 0])
  expect(a.circuits.state('another')).toBe('closed')
})
