import type { FieldError } from '#contract/vocabulary'
import type { Problem, ProblemCode } from '#contract/problems'

type Members = Partial<Pick<Problem, 'supported_by' | 'candidates' | 'provider' | 'resource' | 'retryable'>>

/** A failure that is answered as problem details. Thrown anywhere below a route; rendered in one place. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly fields: readonly FieldError[]
  readonly members: Members
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    detail: string,
    more: {
      fields?: readonly FieldError[]
      members?: Members
      headers?: Readonly<Record<string, string>>
      cause?: unknown
    } = {},
  ) {
    super(detail, { cause: more.cause })
    this.name = 'ProblemError'
    this.code = code
    this.fields = more.fields ?? []
    this.members = more.members ?? {}
    this.headers = more.headers ?? {}
  }
}

/** 404 for an unknown id and for another account's id alike: the two are never told apart. */
export function notFound(what: string): ProblemError {
  return new ProblemError('not_found', `There is no such ${what}.`)
}

/** 422 with pointers to the fields that are wrong. */
export function invalid(...fields: readonly FieldError[]): ProblemError {
  const detail = fields.length === 1 ? '1 field is invalid.' : `${fields.length} fields are invalid.`
  return new ProblemError('validation_failed', detail, { fields })
}
