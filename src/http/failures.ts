import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Socket } from 'node:net'
import type { Config } from '#config'
import { fastifyProblem } from '#http/fastify-problems'
import { ProblemError } from '#http/problem-error'
import { PROBLEM_TYPE, renderProblem, type RenderedProblem } from '#http/render-problem'
import { requestIdOf } from '#http/request-identity'

/** Where the service's own pages are: `PUBLIC_URL`, else the origin that the request was sent to. */
function originOf(config: Pick<Config, 'publicUrl'>, request: FastifyRequest): string {
  return config.publicUrl ?? `${request.protocol}://${request.host}`
}

function logFailure(request: FastifyRequest, { status, body }: RenderedProblem, err: unknown): void {
  const facts = {
    code: body.code,
    ...(body.provider ? { provider: body.provider } : {}),
  }
  if (status === 500) request.log.error({ ...facts, err }, 'request failed')
  else if (status > 500) request.log.warn({ ...facts, detail: body.detail }, 'request not served')
}

/** The one error handler: whatever was thrown becomes problem details. */
export function answerFailures(config: Pick<Config, 'publicUrl'>) {
  return (err: FastifyError | Error | unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = renderProblem(err, request.id, originOf(config, request))
    logFailure(request, problem, err)
    const bytes = JSON.stringify(problem.body)
    reply
      .code(problem.status)
      .headers({ ...problem.headers, 'x-request-id': request.id })
      .type(PROBLEM_TYPE)
      .serializer((body: string) => body)
      .send(bytes)
  }
}

/** A request that is no HTTP, too large in its header or too slow: there is no request object yet. */
export function answerBrokenRequests(err: Error, socket: Socket): void {
  if (!socket.writable) return
  const known = fastifyProblem(err) ?? new ProblemError('malformed_request', 'The request is not valid HTTP.')
  const problem = renderProblem(known, requestIdOf({ headers: {} }), '')
  const bytes = JSON.stringify(problem.body)
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.body.title}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(bytes)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${bytes}`)
}
