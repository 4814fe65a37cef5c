import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

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

/** Request id, trace and timing on every answer, and the headers that keep browsers from guessing. */
export function identifyRequests(app: FastifyInstance): void {
  app.decorateRequest('traceparent', undefined)
  app.decorateRequest('upstreamMs', 0)
  app.addHook('onRequest', async (request, reply) => {
    const given = request.headers['traceparent']
    request.traceparent = typeof given === 'string' && TRACEPARENT.test(given) ? given : undefined
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'cache-control': 'no-store',
    })
  })
  app.addHook('onSend', async (request, reply) => {
    const upstream = Math.min(request.upstreamMs, reply.elapsedTime)
    const gateway = reply.elapsedTime - upstream
    reply.header('server-timing', `gateway;dur=${gateway.toFixed(1)}, upstream;dur=${upstream.toFixed(1)}`)
  })
}
