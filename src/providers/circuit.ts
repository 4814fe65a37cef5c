import { randomUUID } from 'node:crypto'
import type { ProviderId } from '#contract/vocabulary'
import type { CircuitState } from '#contract/providers'
import type { Connection } from '#providers/call-context'
import type { CircuitRecord, Verdict } from '#providers/circuit-state'
import { beginProbe, CLOSED, judgeProbe, PROBED_MS, trip, waitMs } from '#providers/circuit-state'
import type { Clock } from '#providers/clock'
import type { Recent } from '#providers/failure-count'
import { hasFailed, isFirstFailure, withVerdict } from '#providers/failure-count'
import { createKeyedState } from '#providers/keyed-state'
import type { Ledger } from '#providers/ledger'
import { createMemoryLedger } from '#providers/ledger'

export type { Verdict } from '#providers/circuit-state'

/** Circuits are kept per fingerprint: what one account's credentials suffer is not another's failure. */
export type CircuitSubject = Pick<Connection, 'id' | 'fingerprint' | 'provider' | 'mode'>

export type Admission =
  | { readonly admitted: true; readonly settle: (verdict: Verdict) => void }
  | { readonly admitted: false; readonly retryAfterMs: number }

/** A change as this process has learned of it. */
export interface CircuitChange {
  readonly subject: CircuitSubject
  readonly from: CircuitState
  readonly to: CircuitState
  readonly at: Date
}

/** Stops calls to a provider that does not work. */
export interface Circuits {
  /** Whether a call may go out now. An admitted call is settled exactly once. */
  admit(subject: CircuitSubject): Promise<Admission>
  /** As this process knows it. */
  state(fingerprint: string): CircuitState
  /** As all processes know it; as this one does when the ledger cannot be reached. */
  look(subject: CircuitSubject): Promise<CircuitState>
  /** How many sets of credentials of a provider are not called at the moment. */
  countOpen(provider: ProviderId): number
}

const IDLE_MS = 3_600_000
const LONGEST_CALL_MS = 120_000

interface Circuit {
  readonly subject: CircuitSubject
  /** As it is known here, instants on our own clock. */
  known: CircuitRecord
  recent: Recent
  /** Changes with the state, so that calls from before do not judge what came after. */
  era: number
  /** What is told to the ledger is told in order. */
  telling: Promise<void>
}

export interface CircuitsDeps {
  readonly clock: Clock
  readonly random: () => number
  readonly onChange?: (change: CircuitChange) => void
  /** Keeps the circuits that are not closed; for this process alone when left out. */
  readonly ledger?: Ledger<CircuitRecord>
  /** Milliseconds after which a probe whose process died makes room for the next. */
  readonly longestCallMs?: number
}

/** The same record with its instants moved from one clock to another. */
function moved(record: CircuitRecord, byMs: number): CircuitRecord {
  const probe = record.probe && { ...record.probe, until: record.probe.until + byMs }
  return { ...record, openUntil: record.openUntil + byMs, probe }
}

/**
 * While a circuit is closed each process counts for itself and asks nobody. It asks the ledger when calls begin to fail,
 * so that it learns of what others have met, and from then on for every probe, so that there is one for all of them.
 * A ledger that cannot be reached leaves each process to itself.
 *
 * Written here because cockatiel and opossum close after a single good probe, which lets a provider that answers every
 * other call flap.
 */
export function createCircuits(deps: CircuitsDeps): Circuits {
  const { clock, random, onChange, longestCallMs = LONGEST_CALL_MS } = deps
  const ledger = deps.ledger ?? createMemoryLedger<CircuitRecord>(deps)
  const circuits = createKeyedState<Circuit>({ clock, idleMs: IDLE_MS })

  const circuitOf = (subject: CircuitSubject) =>
    circuits.get(subject.fingerprint, () => ({
      subject,
      known: CLOSED,
      recent: [],
      era: 0,
      telling: Promise.resolve(),
    }))

  function adopt(circuit: Circuit, record: CircuitRecord): void {
    const { state: from } = circuit.known
    circuit.known = record
    if (record.state === from) return
    circuit.recent = []
    circuit.era += 1
    onChange?.({ subject: circuit.subject, from, to: record.state, at: clock.date() })
  }

  /** Makes a change here at once, and then in the ledger, whose word counts. */
  function tell(circuit: Circuit, change: (record: CircuitRecord, now: number) => CircuitRecord) {
    adopt(circuit, change(circuit.known, clock.now()))
    const told = circuit.telling.then(() =>
      ledger.change(circuit.subject.fingerprint, (record, now) => {
        const next = change(record ?? CLOSED, now)
        return { next: next === CLOSED && !record ? null : next, result: { record: next, now } }
      }),
    )
    const heard = told.then(
      ({ record, now }) => {
        // Something newer is being told: its answer will count.
        if (circuit.telling === heard) adopt(circuit, moved(record, clock.now() - now))
      },
      () => undefined,
    )
    circuit.telling = heard
    return heard
  }

  function judgeCall(circuit: Circuit, verdict: Verdict): void {
    if (verdict === 'neutral') return
    circuit.recent = withVerdict(circuit.recent, verdict === 'good')
    const chance = random()
    if (hasFailed(circuit.recent)) void tell(circuit, (record, now) => trip(record, now, chance))
    else if (isFirstFailure(circuit.recent)) void tell(circuit, record => record)
  }

  function admitted(settleOnce: (verdict: Verdict) => void): Admission {
    let settled = false
    const settle = (verdict: Verdict) => {
      if (!settled) settleOnce(verdict)
      settled = true
    }
    return { admitted: true, settle }
  }

  function admitCall(circuit: Circuit): Admission {
    const { era } = circuit
    return admitted(verdict => {
      if (circuit.era === era) judgeCall(circuit, verdict)
    })
  }

  async function admitProbe(circuit: Circuit): Promise<Admission> {
    const id = randomUUID()
    const probe = { id, longestMs: longestCallMs }
    await tell(circuit, (record, now) => beginProbe(record, probe, now))
    if (circuit.known.state === 'closed') return admitCall(circuit)
    if (circuit.known.probe?.id !== id)
      return { admitted: false, retryAfterMs: waitMs(circuit.known, clock.now()) || PROBED_MS }
    return admitted(verdict => {
      const chance = random()
      void tell(circuit, (record, now) => judgeProbe(record, id, verdict, now, chance))
    })
  }

  return {
    admit: async subject => {
      const circuit = circuitOf(subject)
      if (circuit.known.state === 'closed') return admitCall(circuit)
      const wait = waitMs(circuit.known, clock.now())
      return wait > 0 ? { admitted: false, retryAfterMs: Math.ceil(wait) } : admitProbe(circuit)
    },
    state: fingerprint => circuits.peek(fingerprint)?.known.state ?? 'closed',
    look: async subject => {
      const circuit = circuitOf(subject)
      await tell(circuit, record => record)
      return circuit.known.state
    },
    countOpen: provider =>
      [...circuits.values()].filter(
        ({ subject, known }) => subject.provider === provider && known.state === 'open',
      ).length,
  }
}
