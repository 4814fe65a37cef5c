import { timingSafeEqual } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Config } from '#config'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { ProblemError } from '#http/problem-error'
import type { Services } from '#services'

const tag = 'Service'
const Health = z
  .object({ status: z.enum(['live', 'ready']) })
  .meta({ id: 'Health', description: 'The state of this process.' })

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

function demandMetricsAccess(config: Pick<Config, 'metricsToken'>, request: FastifyRequest): void {
  if (config.metricsToken === null) {
    if (isLoopback(request.socket.remoteAddress ?? '')) return
    throw new ProblemError('forbidden', 'Metrics are answered to loopback callers only; set METRICS_TOKEN.')
  }
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${config.metricsToken}`)
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return
  throw new ProblemError('unauthenticated', 'Send the metrics token as a bearer.', {
    headers: { 'www-authenticate': 'Bearer realm="metrics"' },
  })
}

/** Health for whoever runs the process, and what it measures. None of it needs an account's key. */
export function serviceRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/health/live',
    operationId: 'getLiveness',
    tag,
    summary: 'Is the process alive?',
    description: 'Looks at nothing but the process: restart it when this fails.',
    takes: {},
    answers: { 200: { description: 'It is.', schema: Health } },
    problems: [],
    open: true,
    handle: () => respond(Health, { status: 'live' }),
  })

  endpoint(app, {
    method: 'GET',
    path: '/health/ready',
    operationId: 'getReadiness',
    tag,
    summary: 'Can the process serve?',
    description: 'Asks the database. Providers do not count: one that is down costs its own part only.',
    takes: {},
    answers: { 200: { description: 'It can.', schema: Health } },
    problems: [],
    open: true,
    handle: async () => {
      await services.readiness.check()
      return respond(Health, { status: 'ready' })
    },
  })

  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    demandMetricsAccess(services.config, request)
    const { registry } = services.metrics
    return reply
      .type(registry.contentType)
      .serializer(String)
      .send(await registry.metrics())
  })
}
