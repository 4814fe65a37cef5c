import type { CircuitState } from '#contract/providers'
import type { Connection } from '#providers/call-context'
import type { Clock } from '#providers/clock'
import { createKeyedState } from '#providers/keyed-state'

/** Circuits are kept per fingerprint: what one account's credentials suffer is not another's failure. */
export type CircuitSubject = Pick<Connection, 'id' | 'fingerprint' | 'provider' | 'mode'>

/** `good`: the provider works. `bad`: it does not. `neutral`: the call says nothing about it. */
export type Verdict = 'good' | 'bad' | 'neutral'

export type Admission =
  | { readonly admitted: true; readonly settle: (verdict: Verdict) => void }
  | { readonly admitted: false; readonly retryAfterMs: number }

export interface CircuitChange {
  readonly subject: CircuitSubject
  readonly from: CircuitState
  readonly to: CircuitState
  readonly at: Date
}

/** Stops calls to a provider that does not work. Asynchronous, so that a shared store can stand behind it. */
export interface Circuits {
  /** Whether a call may go out now. An admitted call is settled exactly once. */
  admit(subject: CircuitSubject): Promise<Admission>
  state(fingerprint: string): CircuitState
}

const IDLE_MS = 3_600_000
/** Opens after so many failures in a row … */
const FAILURES_IN_A_ROW = 5
/** … or when half of the last so many calls failed. */
const WINDOW_CALLS = 20
const GOOD_PROBES_TO_CLOSE = 2
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 60_000

interface Circuit {
  state: CircuitState
  /** The latest verdicts while closed, oldest first; true is good. */
  recent: boolean[]
  pauseMs: number
  openUntil: number
  probing: boolean
  goodProbes: number
  /** Changes with the state, so that calls from before do not judge what came after. */
  era: number
}

function hasFailed(recent: readonly boolean[]): boolean {
  const inARow = recent.length - 1 - recent.lastIndexOf(true)
  const failed = recent.filter(good => !good).length
  return inARow >= FAILURES_IN_A_ROW || (recent.length === WINDOW_CALLS && failed * 2 >= WINDOW_CALLS)
}

/**
 * Circuits in memory. Written here because cockatiel and opossum close after a single good probe, which lets a provider
 * that answers every other call flap.
 */
export function createCircuits(deps: {
  readonly clock: Clock
  readonly random: () => number
  readonly onChange?: (change: CircuitChange) => void
}): Circuits {
  const { clock, random, onChange } = deps
  const circuits = createKeyedState<Circuit>({ clock, idleMs: IDLE_MS })

  function enter(circuit: Circuit, to: CircuitState, subject: CircuitSubject): void {
    const from = circuit.state
    Object.assign(circuit, { state: to, recent: [], probing: false, goodProbes: 0, era: circuit.era + 1 })
    onChange?.({ subject, from, to, at: clock.date() })
  }

  function open(circuit: Circuit, pauseMs: number, subject: CircuitSubject): void {
    circuit.pauseMs = pauseMs
    // Up to a fifth is added by chance: processes that opened together do not all probe together.
    circuit.openUntil = clock.now() + pauseMs * (1 + random() / 5)
    enter(circuit, 'open', subject)
  }

  function judgeProbe(circuit: Circuit, verdict: Verdict, subject: CircuitSubject): void {
    circuit.probing = false
    if (verdict === 'good') circuit.goodProbes += 1
    if (verdict === 'bad') open(circuit, Math.min(circuit.pauseMs * 2, LONGEST_PAUSE_MS), subject)
    else if (circuit.goodProbes >= GOOD_PROBES_TO_CLOSE) enter(circuit, 'closed', subject)
  }

  function judgeCall(circuit: Circuit, verdict: Verdict, subject: CircuitSubject): void {
    if (verdict === 'neutral') return
    circuit.recent = [...circuit.recent, verdict === 'good'].slice(-WINDOW_CALLS)
    if (hasFailed(circuit.recent)) open(circuit, FIRST_PAUSE_MS, subject)
  }

  return {
    admit: async subject => {
      const circuit = circuits.get(subject.fingerprint, () => ({
        state: 'closed',
        recent: [],
        pauseMs: FIRST_PAUSE_MS,
        openUntil: 0,
        probing: false,
        goodProbes: 0,
        era: 0,
      }))
      const wait = circuit.openUntil - clock.now()
      if (circuit.state === 'open' && wait <= 0) enter(circuit, 'half_open', subject)
      if (circuit.state === 'open') return { admitted: false, retryAfterMs: Math.ceil(wait) }
      if (circuit.state === 'half_open') {
        if (circuit.probing) return { admitted: false, retryAfterMs: FIRST_PAUSE_MS }
        circuit.probing = true
      }
      const { era } = circuit
      let settled = false
      return {
        admitted: true,
        settle: verdict => {
          if (settled || circuit.era !== era) return
          settled = true
          const judge = circuit.state === 'half_open' ? judgeProbe : judgeCall
          judge(circuit, verdict, subject)
        },
      }
    },
    state: fingerprint => circuits.peek(fingerprint)?.state ?? 'closed',
  }
}
