import { readsAmongOthers } from '#providers/among-others'
import type { CallRecord } from '#providers/call-context'
import type { CallScope } from '#providers/call-scope'
import type { UpstreamRequest } from '#providers/port/upstream'
import { redactForLog } from '#providers/redact'
import { cut } from '#providers/redact-text'
import { showBody } from '#providers/wire/body'
import type { Failure } from '#providers/wire/failure'
import { newId } from '#values/ids'

interface Exchanged {
  readonly startedAt: Date
  readonly durationMs: number
  readonly status: number | null
  readonly failure: Pick<Failure, 'code' | 'outcome'> | null
  readonly responseBody: unknown
}

const LARGEST_BODY = 8 * 1024

/** The beginning of a body that would be too large to keep. */
function bounded(body: unknown): unknown {
  const text = JSON.stringify(body)
  return text.length <= LARGEST_BODY ? body : { cut: cut(text, LARGEST_BODY) }
}

/**
 * An exchange as the call log keeps it: no credentials, bodies redacted, none at all of a secret request, and no answer
 * that shows what others have made.
 */
export function recordOf(scope: CallScope, request: UpstreamRequest, exchanged: Exchanged): CallRecord {
  const { credentials: _, ...connection } = scope.context.connection
  const { accountId, requestId, resource, traceparent } = scope.context
  const secrets = [...scope.trace.secrets]
  const shown = (body: unknown) => (request.secret ? null : bounded(redactForLog(body, secrets)))
  return {
    id: newId('call'),
    context: {
      connection,
      accountId,
      requestId,
      ...(resource && { resource }),
      ...(traceparent && { traceparent }),
    },
    operation: scope.operation,
    method: request.method,
    path: request.path,
    attempt: scope.attempt,
    outcome: exchanged.failure?.outcome ?? 'ok',
    status: exchanged.status,
    errorCode: exchanged.failure?.code ?? null,
    durationMs: Math.round(exchanged.durationMs),
    requestBody: shown(showBody(request.body)),
    responseBody: readsAmongOthers(scope.operation) ? null : shown(exchanged.responseBody),
    createdAt: exchanged.startedAt,
  }
}
