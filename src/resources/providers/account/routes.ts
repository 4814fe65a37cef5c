import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { AccountChanges, ProviderAccount } from '#contract/account'
import { Preview } from '#contract/providers'
import { PreviewQuery, ProviderId, SingleQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { FROM_PROVIDER, NOT_KNOWN } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { getAccount } from '#resources/providers/account/get-account'
import { previewAccountChange, updateAccount } from '#resources/providers/account/update-account'
import type { Services } from '#services'

const tag = 'Providers'
const ProviderParams = z.strictObject({ provider: ProviderId })

export function providerAccountRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/providers/{provider}/account',
    operationId: 'getProviderAccount',
    tag,
    summary: 'Get your account at a provider',
    description: 'How you present yourself there, read there. Needs a connection of your own.',
    takes: { params: ProviderParams, query: SingleQuery },
    answers: { 200: { description: 'Your account.', schema: ProviderAccount } },
    problems: FROM_PROVIDER,
    operation: operationOf('account.get'),
    handle: async ({ params, query }, call) => {
      const wishes = { withProviderData: query.include === 'provider_data' }
      return respond(ProviderAccount, await getAccount(services, call, params.provider, wishes))
    },
  })

  endpoint(app, {
    method: 'PATCH',
    path: '/v1/providers/{provider}/account',
    operationId: 'updateProviderAccount',
    tag,
    summary: 'Change your account at a provider',
    description: 'Changes name, colour or reference number. Needs a connection of your own.',
    takes: { params: ProviderParams, body: AccountChanges, query: PreviewQuery },
    answers: {
      200: {
        description: 'Your account; with `preview=true` a `Preview`.',
        schema: ProviderAccount.or(Preview),
      },
      202: NOT_KNOWN,
    },
    problems: FROM_PROVIDER,
    operation: operationOf('account.update'),
    handle: async ({ params: { provider }, body, query }, call) =>
      query.preview === 'true'
        ? respond(Preview, await previewAccountChange(services, call, provider, body))
        : updateAccount(services, call, provider, body),
  })
}
