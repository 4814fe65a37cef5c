import type { CallRecord } from '#providers/call-context'
import { recordOf } from '#providers/wire/call-record'
import type { CallScope } from '#providers/call-scope'
import type { Clock } from '#providers/clock'
import type { OwnDeadline } from '#providers/deadline'
import type { Gate } from '#providers/wire/gate'
import type { AnswerHead, UpstreamRequest } from '#providers/port/upstream'
import type { ProviderError } from '#providers/provider-error'
import { describeRefusal } from '#providers/wire/refusal'
import type { OpenedBody } from '#providers/wire/body'
import type { Failure } from '#providers/wire/failure'
import { brokenOff, errorOf, refusedBy } from '#providers/wire/failure'
import { rateFacts, retryAfterMs } from '#providers/wire/rate-headers'
import type { Progress } from '#providers/wire/send'

/** What is held while an exchange is under way. */
export interface Held {
  readonly gate: Gate
  readonly body: OpenedBody
  readonly deadline: OwnDeadline
  readonly progress: Progress
  /** Milliseconds that the provider is given. */
  readonly grantedMs: number
}

/**
 * What is noted of one exchange. It is closed by the first ending: then everything held is given back, and circuit,
 * limiter, trace and call log learn what happened.
 */
export interface Books {
  succeed(head: AnswerHead, responseBody: unknown): void
  /** Returns the error that says how the exchange broke. */
  breakOff(cause: unknown, head: AnswerHead | null, responseBody?: unknown): ProviderError
  /** Returns the error for a status that is no success. */
  refuse(head: AnswerHead, responseBody: unknown): ProviderError
}

export interface BooksDeps {
  readonly clock: Clock
  readonly providerMs: number
  /** Told of every exchange that is over. */
  readonly onCall: (call: CallRecord) => void
}

/** Whether a request may change something at the provider that must not be changed twice. */
export function isWrite(scope: CallScope, request: UpstreamRequest): boolean {
  return scope.effect === 'unsafe' && request.method !== 'GET'
}

export function openBooks(deps: BooksDeps, scope: CallScope, request: UpstreamRequest, held: Held): Books {
  const { clock } = deps
  const { trace, provider } = scope
  const call = { provider: provider.id, operation: scope.operation }
  const startedAt = clock.date()
  const began = clock.now()
  let closed = false
  trace.wire.begin()
  if (isWrite(scope, request)) trace.possibleWrites += 1

  function close(head: AnswerHead | null, failure: Failure | null, responseBody: unknown): void {
    if (closed) return
    closed = true
    trace.wire.end()
    const didNothing = failure !== null && failure.outcome !== 'unknown'
    if (isWrite(scope, request) && didNothing) trace.possibleWrites -= 1
    held.deadline.dispose()
    void held.body.close()
    const durationMs = clock.now() - began
    if (head) held.gate.observe({ ...rateFacts(head, clock.date()), tookMs: durationMs })
    held.gate.leave(failure?.verdict ?? 'good')
    const status = head?.status ?? null
    deps.onCall(recordOf(scope, request, { startedAt, durationMs, status, failure, responseBody }))
  }

  return {
    succeed: (head, responseBody) => close(head, null, responseBody),
    breakOff: (cause, head, responseBody = null) => {
      const failure = brokenOff(cause, held.progress, provider.id)
      // A provider that was given hardly any time has shown nothing by not answering.
      const unfair = failure.code === 'provider_timeout' && held.grantedMs < deps.providerMs / 2
      close(head, unfair ? { ...failure, verdict: 'neutral' } : failure, responseBody)
      return errorOf(failure, call, head ? { status: head.status } : {})
    },
    refuse: (head, responseBody) => {
      const said = describeRefusal(provider.readRefusal, { ...head, body: responseBody }, [...trace.secrets])
      const failure = refusedBy(head.status, said, provider.id)
      const wait = rateFacts(head, clock.date()).pauseMs ?? retryAfterMs(head, clock.date())
      close(head, failure, responseBody)
      return errorOf(failure, call, {
        ...said,
        status: head.status,
        ...(wait !== undefined && { retryAfterMs: wait }),
      })
    },
  }
}
