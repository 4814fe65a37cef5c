import type { FastifyInstance } from 'fastify'
import { listOf } from '#contract/vocabulary'
import { Mapping, MappingQuery } from '#contract/mappings'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { listMappings } from '#resources/mappings/list-mappings'
import type { Services } from '#services'

const Mappings = listOf(Mapping, 'Mappings, newest first.')

export function mappingRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/mappings',
    operationId: 'listMappings',
    tag: 'Mappings',
    summary: 'List mappings',
    description:
      'Which object of a provider an object of yours is. Ask by `resource` for its ids at the providers, or by `provider`, `provider_resource` and `provider_id` for yours. All of them may be combined or left out.',
    takes: { query: MappingQuery },
    answers: { 200: { description: 'A page of mappings.', schema: Mappings } },
    problems: [],
    handle: async ({ query }, call) => respond(Mappings, await listMappings(services, call, query)),
  })
}
