import type { FastifyInstance } from 'fastify'
import { PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { Preview } from '#contract/providers'
import { Mandate, MandateChangesInput } from '#contract/tenants'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { FROM_PROVIDER, NOT_KNOWN, TenantParams } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { getMandate } from '#resources/orders/tenants/get-mandate'
import { previewMandateChange, updateMandate } from '#resources/orders/tenants/update-mandate'
import type { Services } from '#services'

const tag = 'Tenants'

export function mandateRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/tenants/{tenant_id}/mandate',
    operationId: 'getMandate',
    tag,
    summary: 'Get a mandate',
    description: "A tenant's direct debit mandate as it stands at the provider now.",
    takes: { params: TenantParams, query: SingleQuery },
    answers: { 200: { description: 'The mandate.', schema: Mandate } },
    problems: FROM_PROVIDER,
    operation: operationOf('mandates.get'),
    handle: async ({ params: { order_id: orderId, tenant_id: tenantId }, query }, call) => {
      const withProviderData = query.include === 'provider_data'
      return respond(Mandate, await getMandate(services, call, { orderId, tenantId }, withProviderData))
    },
  })

  endpoint(app, {
    method: 'PATCH',
    path: '/v1/orders/{order_id}/tenants/{tenant_id}/mandate',
    operationId: 'updateMandate',
    tag,
    summary: 'Change the bank account of a mandate',
    description:
      'Taken only while the mandate is `nomandate`, `rejected` or `cancelled`, which is read first; otherwise 409 `state_conflict`. Bank details are passed on and not kept.',
    takes: { params: TenantParams, body: MandateChangesInput, query: PreviewQuery },
    answers: {
      200: { description: 'The mandate; with `preview=true` a `Preview`.', schema: Mandate.or(Preview) },
      202: NOT_KNOWN,
    },
    problems: FROM_PROVIDER,
    operation: operationOf('mandates.update'),
    handle: async ({ params: { order_id: orderId, tenant_id: tenantId }, body, query }, call) =>
      query.preview === 'true'
        ? respond(Preview, await previewMandateChange(services, call, { orderId, tenantId }, body))
        : updateMandate(services, call, { orderId, tenantId }, body),
  })
}
