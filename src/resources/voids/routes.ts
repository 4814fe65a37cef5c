import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { idOf, ListQuery, listOf, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { Preview } from '#contract/providers'
import { Void, VoidRequest } from '#contract/voids'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { FROM_PROVIDER, NOT_KNOWN, WITH_KEY } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { createVoid, previewVoid } from '#resources/voids/create-void'
import { getVoid, listVoids } from '#resources/voids/read-voids'
import type { Services } from '#services'

const tag = 'Properties'
const Voids = listOf(Void, 'Void periods, newest first.')
const VoidId = z.strictObject({ void_id: idOf('void') })

export function voidRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/voids',
    operationId: 'createVoid',
    tag,
    summary: 'Report a void period',
    description:
      'Tells a provider that nobody lives in a house, named by `property_id` or `address`. The people named are passed on and not kept; the tenancy shows them as the provider has them.',
    takes: { body: VoidRequest, query: PreviewQuery },
    answers: {
      200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
      201: { description: 'The void period.', schema: Void },
      202: NOT_KNOWN,
    },
    problems: [...FROM_PROVIDER, ...WITH_KEY],
    operation: operationOf('voids.create'),
    handle: async ({ body, query }, call) =>
      query.preview === 'true'
        ? respond(Preview, await previewVoid(services, call, body))
        : createVoid(services, call, body),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/voids',
    operationId: 'listVoids',
    tag,
    summary: 'List void periods',
    description: 'The void periods that you reported, newest first.',
    takes: { query: ListQuery },
    answers: { 200: { description: 'A page of void periods.', schema: Voids } },
    problems: [],
    handle: async ({ query }, call) => respond(Voids, await listVoids(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/voids/{void_id}',
    operationId: 'getVoid',
    tag,
    summary: 'Get a void period',
    description: 'One void period, with the dates that its tenancy has by now.',
    takes: { params: VoidId, query: SingleQuery },
    answers: { 200: { description: 'The void period.', schema: Void } },
    problems: [],
    handle: async ({ params, query }, call) => {
      const wishes = { withProviderData: query.include === 'provider_data' }
      return respond(Void, await getVoid(services, call, params.void_id, wishes))
    },
  })
}
