import { z } from 'zod'
import { Problem, type ProblemCode, problems } from '#contract/problems'
import { type FileRules, mediaTypesOf } from '#http/uploads/file-rules'

export interface DocumentedAnswer {
  readonly description: string
  /** Absent: an answer without a body. */
  readonly schema?: z.ZodType
  readonly contentType?: string
}

/** What stands of an endpoint in the OpenAPI document. */
export interface EndpointDocument {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Name of the use case, unique over the document. */
  readonly operationId: string
  readonly tag: string
  readonly summary: string
  readonly description: string
  readonly answers: Readonly<Record<number, DocumentedAnswer>>
  /** The problems that are its own; those that any endpoint can give are added. */
  readonly problems: readonly ProblemCode[]
  /** The provider operation behind it and the providers that implement it. */
  readonly operation?: {
    readonly name: string
    readonly supportedBy: readonly string[]
    /** Further operations that it turns to for some requests. */
    readonly also?: readonly string[]
  }
  /** Needs no key. */
  readonly open?: true
  /** The files in its body, which then comes as multipart/form-data; as JSON too where none of them is required. */
  readonly files?: FileRules
}

/** The parts of a request that an endpoint reads. */
export type Takes = { readonly [part in 'body' | 'query' | 'params']?: z.ZodType }

const ALWAYS: readonly ProblemCode[] = [
  'malformed_request',
  'internal_error',
  'service_unavailable',
  'validation_failed',
]
const WITH_KEY: readonly ProblemCode[] = ['unauthenticated', 'forbidden', 'rate_limited']
const WITH_BODY: readonly ProblemCode[] = ['payload_too_large', 'unsupported_media_type', 'request_timeout']

/** zod leaves the examples of a schema that transforms out of the document, so they travel beside it. */
export const BODY_EXAMPLES = 'x-body-examples'

const IdempotencyHeader = z.object({
  'Idempotency-Key': z.string().min(1).max(255).exactOptional().meta({
    description:
      'Makes the request safe to send again: for 24 hours the same key with the same body gets the first answer, and nothing is sent to a provider twice.',
  }),
})

function problemCodesOf(document: EndpointDocument, takes: Takes): ProblemCode[] {
  const codes = [
    ...ALWAYS,
    ...(document.open ? [] : WITH_KEY),
    // Any method but GET may come with a body, and that is read before anybody knows that none is taken.
    ...(document.method === 'GET' ? [] : WITH_BODY),
    ...(takes.params ? (['not_found'] as const) : []),
    ...document.problems,
  ]
  return [...new Set(codes)].sort()
}

function answersOf(document: EndpointDocument, codes: readonly ProblemCode[]): Record<string, unknown> {
  const successes = Object.entries(document.answers).map(([status, { description, schema, contentType }]) => [
    status,
    schema
      ? { description, content: { [contentType ?? 'application/json']: { schema } } }
      : z.null().meta({ description }),
  ])
  const failures = [...new Set(codes.map(code => problems[code].status))].map(status => [
    String(status),
    { description: `Problem ${status}`, content: { 'application/problem+json': { schema: Problem } } },
  ])
  return Object.fromEntries([...failures, ...successes])
}

/** The Fastify schema of an endpoint: documentation only, since the endpoint checks its parts itself. */
export function schemaOf(document: EndpointDocument, takes: Takes): Record<string, unknown> {
  const codes = problemCodesOf(document, takes)
  return {
    operationId: document.operationId,
    tags: [document.tag],
    summary: document.summary,
    description: document.description,
    ...(document.open ? { security: [] } : {}),
    ...(takes.body ? { body: takes.body, [BODY_EXAMPLES]: takes.body.meta()?.['examples'] ?? [] } : {}),
    ...(document.files ? { consumes: mediaTypesOf(document.files) } : {}),
    ...(takes.query ? { querystring: takes.query } : {}),
    ...(takes.params ? { params: takes.params } : {}),
    ...(document.problems.includes('idempotency_conflict') ? { headers: IdempotencyHeader } : {}),
    ...(document.operation
      ? { 'x-operation': document.operation.name, 'x-supported-by': document.operation.supportedBy }
      : {}),
    ...(document.operation?.also ? { 'x-also-operations': document.operation.also } : {}),
    'x-problems': codes,
    response: answersOf(document, codes),
  }
}
