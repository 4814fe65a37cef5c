import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Answer, send } from '#http/answer'
import type { Call } from '#http/caller'
import { type EndpointDocument, schemaOf, type Takes } from '#http/endpoint-schema'
import { fieldErrors } from '#http/field-errors'
import { type IdempotentRequest, readIdempotencyKey } from '#http/idempotency/request-key'
import { invalid, notFound, ProblemError } from '#http/problem-error'

/** One endpoint: what it is called, what it takes and answers, and the one call that serves it. */
export interface Endpoint<T extends Takes> extends EndpointDocument {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly takes: T
  readonly handle: (parts: z.output<z.ZodObject<T>>, call: Call) => Promise<Answer> | Answer
}

const PLACES: Readonly<Record<string, string>> = { body: '', query: '/query' }
const noQuery = z.strictObject({})

function parseParts<T extends Takes>(
  schema: z.ZodObject<T>,
  request: FastifyRequest,
): z.output<z.ZodObject<T>> {
  const { body, query, params } = request
  const parsed = schema.safeParse({ body: body ?? null, query, params }, { reportInput: true })
  if (parsed.success) return parsed.data
  // A text that is no id of ours names nothing.
  if (parsed.error.issues.some(issue => issue.path[0] === 'params')) throw notFound('resource')
  const fields = fieldErrors(parsed.error.issues).map(field => {
    const [, part = '', ...rest] = field.pointer.split('/')
    return { ...field, pointer: `${PLACES[part] ?? ''}${rest.map(step => `/${step}`).join('')}` }
  })
  throw invalid(...fields)
}

function idempotencyOf({ method, url, headers, body }: FastifyRequest): IdempotentRequest | null {
  if (method !== 'POST') return null
  const key = readIdempotencyKey(headers['idempotency-key'])
  return key === null ? null : { key, method, path: url.split('?', 1)[0] ?? '', body: body ?? null }
}

function callOf(request: FastifyRequest, open: boolean): Call {
  const { caller } = request
  if (!caller && !open) throw new ProblemError('unauthenticated', 'A key is required.')
  return {
    // An open endpoint has no caller, and its use case asks for none.
    caller: caller ?? { accountId: '', mode: 'test', keyId: '', scopes: [] },
    requestId: request.id,
    traceparent: request.traceparent,
    idempotency: idempotencyOf(request),
    spentUpstream: ms => {
      request.upstreamMs += ms
    },
  }
}

/** Registers an endpoint. The types that its handler sees follow from the schemas in `takes`. */
export function endpoint<T extends Takes>(app: FastifyInstance, definition: Endpoint<T>): void {
  const parts: z.ZodObject<T> = z.object(definition.takes)
  const strictQuery = definition.takes.query ? undefined : noQuery
  const open = definition.open === true
  app.route({
    method: definition.method,
    url: definition.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    schema: schemaOf(definition, definition.takes),
    config: { open },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const call = callOf(request, open)
      if (strictQuery) parseParts(z.object({ query: strictQuery }), request)
      return send(reply, await definition.handle(parseParts(parts, request), call))
    },
  })
}
