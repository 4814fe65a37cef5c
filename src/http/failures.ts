import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Socket } from 'node:net'
import type { Config } from '#config'
import { fastifyProblem } from '#http/fastify-problems'
import { ProblemError } from '#http/problem-error'
import { PROBLEM_TYPE, renderProblem, type RenderedProblem } from '#http/render-problem'
import { answerHeaders, requestIdOf, serverTiming } from '#http/request-identity'

const HOST = /^([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?$/

/**
 * Where the service's own pages are: `PUBLIC_URL`, else the origin that the request was sent to, else nowhere, which
 * makes their addresses relative.
 */
function originOf(config: Pick<Config, 'publicUrl'>, request: FastifyRequest): string {
  if (config.publicUrl !== null) return config.publicUrl
  return HOST.test(request.host) ? `${request.protocol}://${request.host}` : ''
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
      // No hook runs for a URL that cannot be read; for all others the hooks set these anew.
      .headers({ ...answerHeaders(request.id), 'server-timing': serverTiming(0, 0), ...problem.headers })
      .type(PROBLEM_TYPE)
      .serializer((body: string) => body)
      .send(bytes)
  }
}

/** Answers a request that is no HTTP, too large in its header or too slow: there is no request object yet. */
export function answerBrokenRequests(config: Pick<Config, 'publicUrl'>) {
  return (err: Error, socket: Socket): void => {
    if (!socket.writable) {
      socket.destroy()
      return
    }
    const known =
      fastifyProblem(err) ?? new ProblemError('malformed_request', 'The request is not valid HTTP.')
    const requestId = requestIdOf({ headers: {} })
    const problem = renderProblem(known, requestId, config.publicUrl ?? '')
    const bytes = JSON.stringify(problem.body)
    const headers = {
      ...answerHeaders(requestId),
      'server-timing': serverTiming(0, 0),
      'content-type': PROBLEM_TYPE,
      'content-length': String(Buffer.byteLength(bytes)),
      connection: 'close',
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`HTTP/1.1 ${problem.status} ${problem.body.title}\r\n${lines.join('')}\r\n${bytes}`)
    // Whoever sent this may never close its side.
    socket.destroySoon()
  }
}
