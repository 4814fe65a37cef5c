import type { Logger } from 'pino'
import type { CallRecord } from '#providers/call-context'
import type { Clock } from '#providers/clock'
import { createKeyedState } from '#providers/keyed-state'

const SUCCESS_KEPT_MS = 86_400_000

/** Where every call goes when it is over. */
export interface FinishedCalls {
  add(call: CallRecord): void
  /** When a call with these credentials last succeeded in this process. */
  lastSuccessAt(fingerprint: string): Date | null
}

function logLine({
  context,
  operation,
  method,
  path,
  status,
  outcome,
  attempt,
  errorCode,
  durationMs,
}: CallRecord) {
  const { requestId, connection } = context
  const call = {
    request_id: requestId,
    provider: connection.provider,
    operation,
    method,
    path,
    status,
    outcome,
  }
  return { ...call, attempt, code: errorCode, duration_ms: durationMs }
}

export function createFinishedCalls(deps: {
  readonly callLog: { record(call: CallRecord): void }
  readonly logger: Logger
  readonly clock: Clock
  readonly onCall: ((call: CallRecord) => void) | undefined
}): FinishedCalls {
  const { callLog, logger, clock, onCall } = deps
  const successes = createKeyedState<{ at: Date }>({ clock, idleMs: SUCCESS_KEPT_MS })
  return {
    add: call => {
      const { fingerprint } = call.context.connection
      if (call.outcome === 'ok') successes.get(fingerprint, () => ({ at: call.createdAt })).at = clock.date()
      callLog.record(call)
      onCall?.(call)
      logger[call.outcome === 'ok' ? 'debug' : 'warn'](logLine(call), 'provider call')
    },
    lastSuccessAt: fingerprint => successes.peek(fingerprint)?.at ?? null,
  }
}
