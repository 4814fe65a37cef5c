import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { idOf, listOf, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { Property, PropertyQuery, PropertyRequest } from '#contract/properties'
import { Preview } from '#contract/providers'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { FROM_PROVIDER, NOT_KNOWN, WITH_KEY } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { createProperty, previewProperty } from '#resources/properties/create-property'
import { getProperty, listProperties } from '#resources/properties/read-properties'
import { tenancyRoutes } from '#resources/properties/tenancies/routes'
import type { Services } from '#services'

const tag = 'Properties'
const Properties = listOf(Property, "Properties, in the provider's order.")
const PropertyId = z.strictObject({ property_id: idOf('property') })

export function propertyRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/properties',
    operationId: 'createProperty',
    tag,
    summary: 'Add a property',
    description:
      'Adds a house to your portfolio at a provider, or with `branch_id` to that of a branch. A house that is known already keeps its id.',
    takes: { body: PropertyRequest, query: PreviewQuery },
    answers: {
      200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
      201: { description: 'The property.', schema: Property },
      202: NOT_KNOWN,
    },
    problems: [...FROM_PROVIDER, ...WITH_KEY],
    operation: operationOf('properties.create'),
    handle: async ({ body, query }, call) =>
      query.preview === 'true'
        ? respond(Preview, await previewProperty(services, call, body))
        : createProperty(services, call, body),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/properties',
    operationId: 'listProperties',
    tag,
    summary: 'List properties',
    description:
      'Your whole portfolio at a provider, read there and in its order. Needs a connection of your own.',
    takes: { query: PropertyQuery },
    answers: { 200: { description: 'A page of properties.', schema: Properties } },
    problems: FROM_PROVIDER,
    operation: operationOf('properties.list'),
    handle: async ({ query }, call) => respond(Properties, await listProperties(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/properties/{property_id}',
    operationId: 'getProperty',
    tag,
    summary: 'Get a property',
    description: 'One house. Where a provider keeps it, it is read there.',
    takes: { params: PropertyId, query: SingleQuery },
    answers: { 200: { description: 'The property.', schema: Property } },
    problems: FROM_PROVIDER,
    operation: operationOf('properties.get'),
    handle: async ({ params, query }, call) => {
      const wishes = { withProviderData: query.include === 'provider_data' }
      return respond(Property, await getProperty(services, call, params.property_id, wishes))
    },
  })

  tenancyRoutes(app, services)
}
