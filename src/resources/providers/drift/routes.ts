import type { FastifyInstance } from 'fastify'
import { ContractDriftParams, ContractDriftQuery, ContractDrifts } from '#contract/drift'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { listDrift } from '#resources/providers/drift/list-drift'
import type { Services } from '#services'

export function driftRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/providers/{provider}/drift',
    operationId: 'listDrift',
    tag: 'Providers',
    summary: 'List contract drift',
    description:
      "Where the structure of a provider's answers differs from the baseline of this version: what is new, missing or of another type. Answers are sampled; a difference costs the call nothing, is told of once as `provider.contract_drift`, and is forgotten 90 days after it was seen last. Needs a connection of your own.",
    takes: { params: ContractDriftParams, query: ContractDriftQuery },
    answers: { 200: { description: 'A page of differences.', schema: ContractDrifts } },
    problems: ['provider_not_connected'],
    handle: async ({ params, query }, call) =>
      respond(ContractDrifts, await listDrift(services, call, params.provider, query)),
  })
}
