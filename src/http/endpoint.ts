import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Answer, type FileAnswer, send } from '#http/answer'
import type { Call } from '#http/caller'
import { type EndpointDocument, schemaOf, type Takes } from '#http/endpoint-schema'
import { fieldErrors } from '#http/field-errors'
import { type IdempotentRequest, readIdempotencyKey } from '#http/idempotency/request-key'
import { invalid, notFound, ProblemError } from '#http/problem-error'
import { receiveForm } from '#http/uploads/receive-form'
import { takeForms } from '#http/uploads/take-forms'
import { zodWording } from '#http/zod-wording'

/** One endpoint: what it is called, what it takes and answers, and the one call that serves it. */
export interface Endpoint<T extends Takes> extends EndpointDocument {
  readonly path: string
  readonly takes: T
  readonly handle: (parts: z.output<z.ZodObject<T>>, call: Call) => Promise<Answer | FileAnswer> | Answer
}

const PLACES: Readonly<Record<string, string>> = { body: '', query: '/query' }
const noQuery = z.object({ query: z.strictObject({}) })

/** A request as far as an endpoint reads it. */
type Parts = Pick<FastifyRequest, 'body' | 'query' | 'params'>

/** A text that is no id of ours names nothing; where few names are taken, the detail says which. */
function nothingThere(issues: readonly z.core.$ZodIssue[]): ProblemError {
  const choices = issues.filter(issue => issue.code === 'invalid_value')
  const told = choices.map(({ path, message }) => `${String(path.at(-1))} ${message}`)
  return notFound(['resource', ...told].join(': '))
}

function parseParts<T extends Takes>(
  schema: z.ZodObject<T>,
  { body, query, params }: Parts,
): z.output<z.ZodObject<T>> {
  const request = { body: body ?? null, query, params }
  const parsed = schema.safeParse(request, { reportInput: true, error: zodWording })
  if (parsed.success) return parsed.data
  const inPath = parsed.error.issues.filter(issue => issue.path[0] === 'params')
  if (inPath.length > 0) throw nothingThere(inPath)
  const fields = fieldErrors(parsed.error.issues).map(field => {
    const [, part = '', ...rest] = field.pointer.split('/')
    return { ...field, pointer: `${PLACES[part] ?? ''}${rest.map(step => `/${step}`).join('')}` }
  })
  throw invalid(...fields)
}

const Named = z.object({ params: z.record(z.string(), z.string()).exactOptional() })

/** The path that is meant, however its characters are encoded and its ids spelled. */
function pathMeant(template: string, parts: unknown): string {
  const { params = {} } = Named.parse(parts)
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

function callOf(request: FastifyRequest, idempotency: IdempotentRequest | null, open: boolean): Call {
  const { caller } = request
  if (!caller && !open) throw new ProblemError('unauthenticated', 'A key is required.')
  return {
    // An open endpoint has no caller, and its use case asks for none.
    caller: caller ?? { accountId: '', mode: 'test', keyId: '', scopes: [] },
    requestId: request.id,
    traceparent: request.traceparent,
    idempotency,
    spentUpstream: ms => {
      request.upstreamMs += ms
    },
  }
}

function addRoute<T extends Takes>(app: FastifyInstance, definition: Endpoint<T>): void {
  const parts: z.ZodObject<T> = z.object(definition.takes)
  const { files } = definition
  const open = definition.open === true
  /** What was uploaded is gone before anybody is answered. */
  async function serve(request: FastifyRequest): Promise<Answer | FileAnswer> {
    await using form =
      files && request.isMultipart() ? await receiveForm(request, files, app.uploadMaxBytes) : null
    const body = form ? form.body : request.body
    const { method, headers, query, params } = request
    const key = method === 'POST' ? readIdempotencyKey(headers['idempotency-key']) : null
    if (!definition.takes.query) parseParts(noQuery, request)
    const parsed = parseParts(parts, { body, query, params })
    const idempotency =
      key === null
        ? null
        : {
            key,
            method,
            path: pathMeant(definition.path, parsed),
            body: (form ? form.fingerprint : body) ?? null,
          }
    return await definition.handle(parsed, callOf(request, idempotency, open))
  }

  app.route({
    method: definition.method,
    url: definition.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    schema: schemaOf(definition, definition.takes),
    config: { open },
    handler: async (request: FastifyRequest, reply: FastifyReply) => send(reply, await serve(request)),
  })
}

/** Registers an endpoint. The types that its handler sees follow from the schemas in `takes`. */
export function endpoint<T extends Takes>(app: FastifyInstance, definition: Endpoint<T>): void {
  const { files } = definition
  if (!files) addRoute(app, definition)
  else {
    // In a scope of its own, so that no other endpoint takes forms.
    app.register(async scope => {
      await takeForms(scope, files)
      addRoute(scope, definition)
    })
  }
}
