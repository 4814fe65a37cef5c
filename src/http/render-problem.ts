import { problems, type Problem } from '#contract/problems'
import { ProviderError } from '#providers/provider-error'
import { isDatabaseUnavailable } from '#db/postgres-errors'
import type { Answer } from '#http/answer'
import { ProblemError } from '#http/problem-error'
import { fastifyProblem } from '#http/fastify-problems'

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

export interface RenderedProblem {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Problem
}

function withRetryAfter(seconds: number): Record<string, string> {
  return { 'retry-after': String(Math.max(1, Math.ceil(seconds))) }
}

function fromProvider(err: ProviderError): ProblemError {
  const { facts } = err
  const unavailable = facts.code === 'provider_unavailable' || facts.code === 'rate_limited'
  return new ProblemError(facts.code, facts.message, {
    fields: facts.fields ?? [],
    members: {
      provider: facts.provider,
      retryable: err.retryable,
      ...(facts.candidates ? { candidates: [...facts.candidates] } : {}),
    },
    headers: unavailable ? withRetryAfter((facts.retryAfterMs ?? 5_000) / 1_000) : {},
    cause: err,
  })
}

/** Whatever was thrown, as a problem. What we do not know is `internal_error`, without a word of its message. */
export function toProblem(err: unknown): ProblemError {
  if (err instanceof ProblemError) return err
  if (err instanceof ProviderError) return fromProvider(err)
  const known = fastifyProblem(err)
  if (known) return known
  if (isDatabaseUnavailable(err)) {
    return new ProblemError('service_unavailable', 'The database cannot be reached.', {
      headers: withRetryAfter(5),
      cause: err,
    })
  }
  return new ProblemError('internal_error', 'Something went wrong on our side.', { cause: err })
}

function providerMembers(cause: unknown): Partial<Problem> {
  if (!(cause instanceof ProviderError)) return {}
  const { status, providerMessage, providerRequestId } = cause.facts
  return {
    ...(status === undefined ? {} : { provider_status: status }),
    ...(providerMessage === undefined ? {} : { provider_message: providerMessage }),
    ...(providerRequestId === undefined ? {} : { provider_request_id: providerRequestId }),
  }
}

/** The answer for a failure. `origin` is where the service's own pages are, without a trailing slash. */
export function renderProblem(err: unknown, requestId: string, origin: string): RenderedProblem {
  const problem = toProblem(err)
  const { status, title } = problems[problem.code]
  return {
    status,
    headers: problem.headers,
    body: {
      type: `${origin}/problems/${problem.code}`,
      title,
      status,
      code: problem.code,
      detail: problem.message,
      request_id: requestId,
      ...(problem.fields.length > 0 ? { errors: [...problem.fields] } : {}),
      ...providerMembers(problem.cause),
      ...problem.members,
    },
  }
}

/** A failure as a finished answer, to be stored and given again. `origin` must not come from a Host header. */
export function problemAnswer(err: unknown, requestId: string, origin: string): Answer {
  const { status, headers, body } = renderProblem(err, requestId, origin)
  return { status, headers: { ...headers, 'content-type': PROBLEM_TYPE }, body: JSON.stringify(body) }
}
