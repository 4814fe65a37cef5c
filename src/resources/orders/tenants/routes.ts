import type { FastifyInstance } from 'fastify'
import { ListQuery, listOf, PreviewQuery } from '#contract/vocabulary'
import { Preview } from '#contract/providers'
import { Tenant, TenantChangesInput, TenantInput } from '#contract/tenants'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import {
  FROM_PROVIDER,
  NOT_KNOWN,
  OrderParams,
  RefreshQuery,
  TenantParams,
  WITH_KEY,
  wishesOf,
} from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { createTenant, previewTenant } from '#resources/orders/tenants/create-tenant'
import { deleteTenant } from '#resources/orders/tenants/delete-tenant'
import { mandateRoutes } from '#resources/orders/tenants/mandate-routes'
import { getTenant, listTenants } from '#resources/orders/tenants/read-tenants'
import { previewTenantChange, updateTenant } from '#resources/orders/tenants/update-tenant'
import type { Services } from '#services'

const tag = 'Tenants'
const Tenants = listOf(Tenant, 'The tenants of an order.')

export function tenantRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/orders/{order_id}/tenants',
    operationId: 'createTenant',
    tag,
    summary: 'Add a tenant to an order',
    description:
      'As with the order itself: a tenant with `bank_account` is added as bill payer, one without it is invited by SMS to sign up: the invitation is among those of the order, with this `tenant_id`, and the tenant has no `provider_ids` until it is followed. Bank details are passed on and not kept. A tenant whom the provider refuses is not kept either; `resource` of the problem names the operation.',
    takes: { params: OrderParams, body: TenantInput, query: PreviewQuery },
    answers: {
      200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
      201: { description: 'The tenant.', schema: Tenant },
      202: NOT_KNOWN,
    },
    problems: [...FROM_PROVIDER, ...WITH_KEY],
    operation: operationOf('tenants.create'),
    handle: async ({ params: { order_id }, body, query }, call) =>
      query.preview === 'true'
        ? respond(Preview, await previewTenant(services, call, order_id, body))
        : createTenant(services, call, order_id, body),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/tenants',
    operationId: 'listTenants',
    tag,
    summary: 'List the tenants of an order',
    description:
      'Read at the provider, in its order; somebody whom it knows and we did not is added. Then come those without `provider_ids`, whom it does not have (yet): invited and not signed up, or not added.',
    takes: { params: OrderParams, query: ListQuery },
    answers: { 200: { description: 'A page of tenants.', schema: Tenants } },
    problems: FROM_PROVIDER,
    operation: operationOf('tenants.list'),
    handle: async ({ params, query }, call) =>
      respond(Tenants, await listTenants(services, call, params.order_id, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/tenants/{tenant_id}',
    operationId: 'getTenant',
    tag,
    summary: 'Get a tenant',
    description: 'As last seen. `refresh=true` reads the tenants of the order at the provider first.',
    takes: { params: TenantParams, query: RefreshQuery },
    answers: { 200: { description: 'The tenant.', schema: Tenant } },
    problems: FROM_PROVIDER,
    handle: async ({ params: { order_id: orderId, tenant_id: tenantId }, query }, call) =>
      respond(Tenant, await getTenant(services, call, { orderId, tenantId }, wishesOf(query))),
  })

  endpoint(app, {
    method: 'PATCH',
    path: '/v1/orders/{order_id}/tenants/{tenant_id}',
    operationId: 'updateTenant',
    tag,
    summary: 'Change a tenant',
    description:
      "Changes a bill payer's details at the provider. Somebody who was invited has to sign up first.",
    takes: { params: TenantParams, body: TenantChangesInput, query: PreviewQuery },
    answers: {
      200: { description: 'The tenant; with `preview=true` a `Preview`.', schema: Tenant.or(Preview) },
      202: NOT_KNOWN,
    },
    problems: FROM_PROVIDER,
    operation: operationOf('tenants.update'),
    handle: async ({ params: { order_id: orderId, tenant_id: tenantId }, body, query }, call) =>
      query.preview === 'true'
        ? respond(Preview, await previewTenantChange(services, call, { orderId, tenantId }, body))
        : updateTenant(services, call, { orderId, tenantId }, body),
  })

  endpoint(app, {
    method: 'DELETE',
    path: '/v1/orders/{order_id}/tenants/{tenant_id}',
    operationId: 'deleteTenant',
    tag,
    summary: 'Remove a tenant',
    description:
      'Removes a bill payer at the provider, or withdraws the invitation of somebody who has not signed up. While it is not known what became of a removal, asking again answers the same operation.',
    takes: { params: TenantParams },
    answers: { 202: NOT_KNOWN, 204: { description: 'Removed, now or before.' } },
    problems: FROM_PROVIDER,
    operation: operationOf('tenants.delete'),
    handle: ({ params: { order_id: orderId, tenant_id: tenantId } }, call) =>
      deleteTenant(services, call, { orderId, tenantId }),
  })

  mandateRoutes(app, services)
}
