import type { FastifyInstance } from 'fastify'
import { PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { Preview } from '#contract/providers'
import { Tenancy, TenancyChanges, TenancyParams } from '#contract/tenancies'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { FROM_PROVIDER, NOT_KNOWN } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { getTenancy } from '#resources/properties/tenancies/read-tenancy'
import { previewTenancyChange, updateTenancy } from '#resources/properties/tenancies/update-tenancy'
import type { Services } from '#services'

const tag = 'Properties'

export function tenancyRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/properties/{property_id}/tenancies/{tenancy_id}',
    operationId: 'getTenancy',
    tag,
    summary: 'Get a tenancy',
    description:
      'One tenancy of a house, as orders and voids name it. Where a provider keeps it, it is read there.',
    takes: { params: TenancyParams, query: SingleQuery },
    answers: { 200: { description: 'The tenancy.', schema: Tenancy } },
    problems: FROM_PROVIDER,
    operation: operationOf('tenancies.get'),
    handle: async ({ params, query }, call) => {
      const wishes = { withProviderData: query.include === 'provider_data' }
      return respond(Tenancy, await getTenancy(services, call, params, wishes))
    },
  })

  endpoint(app, {
    method: 'PATCH',
    path: '/v1/properties/{property_id}/tenancies/{tenancy_id}',
    operationId: 'updateTenancy',
    tag,
    summary: 'Change the dates of a tenancy',
    description:
      'Gives it other dates at its provider. A date that is left out is read there first, for the provider is told both.',
    takes: { params: TenancyParams, body: TenancyChanges, query: PreviewQuery },
    answers: {
      200: { description: 'The tenancy; with `preview=true` a `Preview`.', schema: Tenancy.or(Preview) },
      202: NOT_KNOWN,
    },
    problems: FROM_PROVIDER,
    operation: operationOf('tenancies.update'),
    handle: async ({ params, body, query }, call) =>
      query.preview === 'true'
        ? respond(Preview, await previewTenancyChange(services, call, params, body))
        : updateTenancy(services, call, params, body),
  })
}
