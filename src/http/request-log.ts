import type { FastifyInstance } from 'fastify'
import type { Metrics } from '#observability/metrics'

/** One line and one measurement per request: route template, never the filled path. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    const { method } = request
    const status = reply.statusCode
    metrics.requestDuration.observe({ method, route, status: String(status) }, reply.elapsedTime / 1_000)
    if (route.startsWith('/health') || route === '/metrics') return
    const duration = Math.round(reply.elapsedTime)
    const upstream = Math.round(request.upstreamMs)
    const account = request.caller?.accountId
    request.log.info(
      {
        method,
        route,
        status,
        duration_ms: duration,
        upstream_ms: upstream,
        account,
      },
      'request',
    )
  })
}
