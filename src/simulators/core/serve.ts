import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import {
  type Answer,
  type Call,
  type Dialect,
  type Endpoint,
  type Gate,
  Refusal,
} from '#simulators/core/endpoint'
import { type Arms, type Fault, faults } from '#simulators/core/faults'
import { faultAmong, type SimulatorName } from '#simulators/core/magic'
import { partsOf } from '#simulators/core/multipart'
import type { RequestLog } from '#simulators/core/request-log'
import { send, sendFaulty } from '#simulators/core/wire'

/** Bytes; larger than any file that the gateway passes on. */
const LARGEST_BODY = 32 * 1024 * 1024

export interface Parts {
  readonly endpoints: readonly Endpoint[]
  readonly dialect: Dialect
  readonly gate: Gate
}

export interface Desk extends Parts {
  readonly name: SimulatorName
  readonly arms: Arms
  readonly log: RequestLog
  readonly applied: (operation: string, body: unknown, kept: boolean) => void
}

type Params = { Params: Record<string, string> }

function callOf(request: FastifyRequest<Params>): Call {
  return {
    params: request.params,
    query: request.query,
    headers: request.headers,
    body: request.body ?? null,
  }
}

function note(log: RequestLog, request: FastifyRequest<Params>): void {
  const [path = ''] = request.url.split('?')
  log.add({ method: request.method, path, ...callOf(request) })
}

function carryOut(desk: Desk, endpoint: Endpoint, call: Call, apply: () => Answer, times: number): Answer {
  let first: Answer | null = null
  for (let time = 0; time < times; time++) {
    const answer = apply()
    if (endpoint.effect !== 'none') desk.applied(endpoint.operation, call.body, endpoint.effect === 'kept')
    first ??= answer
  }
  return first ?? { status: 200, body: null }
}

function wrongType(endpoint: Endpoint, call: Call): boolean {
  if (endpoint.method === 'GET' || endpoint.method === 'DELETE') return false
  if (endpoint.bodyless) return call.body !== null
  const wanted = endpoint.multipart
    ? 'multipart/form-data'
    : endpoint.form
      ? 'application/x-www-form-urlencoded'
      : 'application/json'
  return !call.headers['content-type']?.toLowerCase().startsWith(wanted)
}

function misfit(dialect: Dialect, endpoint: Endpoint, call: Call): Answer | null {
  if (wrongType(endpoint, call)) return dialect.unreadable()
  const [stray] = endpoint.takesQuery ? [] : Object.keys(call.query ?? {})
  return stray === undefined ? null : dialect.strayQuery(stray)
}

async function serve(desk: Desk, endpoint: Endpoint, request: FastifyRequest<Params>, reply: FastifyReply) {
  const call = callOf(request)
  note(desk.log, request)
  const { headers, refusal } = desk.gate(call, endpoint)
  const unfit = refusal ?? misfit(desk.dialect, endpoint, call)
  if (unfit) return send(reply, unfit, headers)
  let fault: Fault | null
  let answer: Answer
  try {
    const { triggers, apply } = endpoint.accept(call)
    fault = desk.arms.take(endpoint.operation) ?? faultAmong(desk.name, triggers)
    answer = carryOut(desk, endpoint, call, apply, fault ? faults[fault.name].applied : 1)
  } catch (err) {
    if (err instanceof Refusal) return send(reply, err.answer, headers)
    throw err
  }
  return fault
    ? sendFaulty(reply, fault, { answer, headers, dialect: desk.dialect, endpoint })
    : send(reply, answer, headers)
}

/** Answers what reaches no endpoint: an unknown path, a body that cannot be read. */
function turnAway(desk: Desk, request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const call = { params: {}, query: request.query, headers: request.headers, body: request.body ?? null }
  const [path = ''] = request.url.split('?')
  desk.log.add({ method: request.method, path, ...call })
  const { headers, refusal } = desk.gate(call, null)
  return send(reply, refusal ?? answer, headers)
}

/** The HTTP server of a provider. */
export function createApp(desk: Desk) {
  const app = Fastify({
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    return503OnClosing: false,
    bodyLimit: LARGEST_BODY,
  })
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    (request: FastifyRequest, bytes: Buffer) => partsOf(bytes, request.headers['content-type'] ?? ''),
  )
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, text, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(text))))
    },
  )
  app.setNotFoundHandler((request, reply) => turnAway(desk, request, reply, desk.dialect.notFound()))
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const readable = (error.statusCode ?? 500) >= 500
    return turnAway(desk, request, reply, readable ? desk.dialect.error() : desk.dialect.unreadable())
  })
  for (const endpoint of desk.endpoints) {
    app.route<Params>({
      method: endpoint.method,
      url: endpoint.path,
      handler: (request, reply) => serve(desk, endpoint, request, reply),
    })
  }
  return app
}
