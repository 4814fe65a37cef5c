import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RequestSpan, Tracing } from '#observability/tracing'

/** A span for every request; what it calls at providers belongs to it. */
export function traceRequests(app: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>()
  app.addHook('onRequest', async request => {
    const span = tracing.startRequest(request.traceparent)
    request.traceparent = span.traceparent
    spans.set(request, span)
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    spans.get(request)?.end({ method: request.method, route, status: reply.statusCode })
  })
}
