import type { CallContext, Connection } from '#providers/call-context'
import type { Clock } from '#providers/clock'
import type { Effect, OperationName } from '#providers/port/index'
import type { SealedProvider } from '#providers/port/seal'
import { kindOf } from '#providers/redact-keys'

/** What is known of one run, over all its calls and attempts. */
export interface RunTrace {
  /** Unsafe calls that are under way, succeeded, or may have: while there is one, nothing is sent again. */
  possibleWrites: number
  /** The latest JSON answer, as it came. */
  latest: { readonly fetchedAt: Date; readonly body: unknown } | null
  /** Secrets that were sent in this run; whatever is kept is searched for them. */
  readonly secrets: Set<string>
  readonly wire: { begin(): void; end(): void; ms(): number }
}

/** On whose behalf and for what an Upstream speaks to its provider: one attempt of one run. */
export interface CallScope {
  readonly context: CallContext
  readonly operation: OperationName | 'connections.verify'
  readonly effect: Effect
  readonly attempt: number
  readonly provider: Pick<SealedProvider, 'id' | 'limits' | 'readRefusal'>
  readonly trace: RunTrace
}

/** Measures how long at least one call was under way; calls side by side count once. */
function createWireTime(clock: Clock): RunTrace['wire'] {
  let underWay = 0
  let since = 0
  let total = 0
  return {
    begin: () => {
      if (underWay === 0) since = clock.now()
      underWay += 1
    },
    end: () => {
      underWay -= 1
      if (underWay === 0) total += clock.now() - since
    },
    ms: () => total + (underWay > 0 ? clock.now() - since : 0),
  }
}

function secretLeaves(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'string' ? (kindOf(key) === 'secret' ? [inner] : []) : secretLeaves(inner),
  )
}

export function createRunTrace(connection: Connection, clock: Clock): RunTrace {
  return {
    possibleWrites: 0,
    latest: null,
    secrets: new Set(secretLeaves(connection.credentials)),
    wire: createWireTime(clock),
  }
}

/** Adds what a request's own headers hold: `Authorization`, `X-API-Key` and the like, with and without their scheme. */
export function learnSecrets(trace: RunTrace, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (kindOf(name) === 'secret') trace.secrets.add(value.replace(/^\w+\s+/, ''))
  }
}
