import type { FastifyInstance } from 'fastify'
import { listOf } from '#contract/vocabulary'
import { ProviderCall, ProviderCallQuery } from '#contract/providers'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { listProviderCalls } from '#resources/provider-calls/list-provider-calls'
import type { Services } from '#services'

const ProviderCalls = listOf(ProviderCall, 'Calls to providers, newest first.')

export function providerCallRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/provider-calls',
    operationId: 'listProviderCalls',
    tag: 'Providers',
    summary: 'List calls to providers',
    description:
      'Every upstream call with path template, status, attempt, duration and redacted bodies. Quote traffic is kept 7 days, the rest 30.',
    takes: { query: ProviderCallQuery },
    answers: { 200: { description: 'A page of calls.', schema: ProviderCalls } },
    problems: [],
    handle: async ({ query }, call) => respond(ProviderCalls, await listProviderCalls(services, call, query)),
  })
}
