import type { CircuitState } from '#contract/providers'
import type { Connection } from '#providers/call-context'

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
