import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { ProblemError } from '#http/problem-error'

declare module 'fastify' {
  interface FastifyRequest {
    traceparent: string | undefined
    /** Milliseconds of this request that were spent waiting for providers. */
    upstreamMs: number
  }
}

const SAFE_ID = /^[A-Za-z0-9._:-]{1,128}$/
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** The caller's `X-Request-Id` when it is safe to log, else a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && SAFE_ID.test(given) ? given : `req_${randomUUID()}`
}

/** What stands on every answer: whose it is, and what keeps browsers and caches from guessing. */
export function answerHeaders(requestId: string): Record<string, string> {
  return {
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'cache-control': 'no-store',
  }
}

/** How long the answer took, here and at the providers: `Server-Timing`. */
export function serverTiming(totalMs: number, upstreamMs: number): string {
  const upstream = Math.min(upstreamMs, totalMs)
  return `gateway;dur=${(totalMs - upstream).toFixed(1)}, upstream;dur=${upstream.toFixed(1)}`
}

/** Request id, trace and timing on every request and answer. */
export function identifyRequests(app: FastifyInstance): void {
  app.decorateRequest('traceparent', undefined)
  app.decorateRequest('upstreamMs', 0)
  app.addHook('onRequest', async (request, reply) => {
    const given = request.headers['traceparent']
    request.traceparent = typeof given === 'string' && TRACEPARENT.test(given) ? given : undefined
    reply.headers(answerHeaders(request.id))
    if (request.raw.httpVersion === '1.1' && !request.host)
      throw new ProblemError('malformed_request', 'The Host header is missing.')
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('server-timing', serverTiming(reply.elapsedTime, request.upstreamMs))
  })
}
