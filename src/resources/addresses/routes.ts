import type { FastifyInstance } from 'fastify'
import { AddressQuery, FoundAddress } from '#contract/addresses'
import { listOf } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { supporting } from '#providers/registry'
import { searchAddresses } from '#resources/addresses/search-addresses'
import type { Services } from '#services'

const Addresses = listOf(FoundAddress, 'Addresses that match.')

export function addressRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/addresses',
    operationId: 'searchAddresses',
    tag: 'Addresses',
    summary: 'Find an address',
    description:
      'Addresses for a postcode or part of an address. An `address_id` may stand wherever an address may, for 30 days.',
    takes: { query: AddressQuery },
    answers: { 200: { description: 'The addresses found.', schema: Addresses } },
    problems: [
      'provider_not_connected',
      'provider_auth_failed',
      'provider_error',
      'provider_rejected',
      'provider_timeout',
      'provider_unavailable',
    ],
    operation: { name: 'addresses.search', supportedBy: supporting('addresses.search') },
    handle: async ({ query }, call) => respond(Addresses, await searchAddresses(services, call, query)),
  })
}
