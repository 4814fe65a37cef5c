import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ListQuery, listOf, ProviderId } from '#contract/vocabulary'
import { Permissions } from '#contract/permissions'
import { Provider } from '#contract/providers'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { cutArray } from '#http/read-through'
import { FROM_MYBEEZBOX, operationOf } from '#resources/provider-objects/documented'
import { describeProvider, describeProviders } from '#resources/providers/describe-provider'
import { getPermissions } from '#resources/providers/get-permissions'
import type { Services } from '#services'

const tag = 'Providers'
const Providers = listOf(Provider, 'All providers.')

export function providerRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/providers',
    operationId: 'listProviders',
    tag,
    summary: 'List providers',
    description:
      'What each provider can do, whether it is connected in your mode, and whether it works at the moment.',
    takes: { query: ListQuery },
    answers: { 200: { description: 'All providers.', schema: Providers } },
    problems: [],
    handle: async ({ query }, call) => {
      const page = services.cursors.read(query, 'providers', call.caller)
      return respond(
        Providers,
        cutArray(services.cursors, await describeProviders(services, call), page, 'providers', call.caller),
      )
    },
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/providers/{provider}',
    operationId: 'getProvider',
    tag,
    summary: 'Get a provider',
    description: 'One provider as you reach it.',
    takes: { params: z.strictObject({ provider: ProviderId }) },
    answers: { 200: { description: 'The provider.', schema: Provider } },
    problems: [],
    handle: async ({ params }, call) =>
      respond(Provider, await describeProvider(services, call, params.provider)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/providers/{provider}/permissions',
    operationId: 'getProviderPermissions',
    tag,
    summary: 'Get the permissions of a connection',
    description: 'What your own connection is allowed to do at its provider, read there.',
    takes: { params: z.strictObject({ provider: ProviderId }) },
    answers: { 200: { description: 'The permissions.', schema: Permissions } },
    problems: ['capability_not_supported', ...FROM_MYBEEZBOX],
    operation: operationOf('auth.permissions'),
    handle: async ({ params }, call) =>
      respond(Permissions, await getPermissions(services, call, params.provider)),
  })
}
