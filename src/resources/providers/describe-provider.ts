import { type ProviderId, providerIds } from '#contract/vocabulary'
import type { Provider } from '#contract/providers'
import type { Call } from '#http/caller'
import { capabilitiesOf, sealedProviders } from '#providers/registry'
import type { Services } from '#services'
import { idFromUuid } from '#values/ids'

const NOT_CONNECTED = { state: 'not_connected', id: null, source: null } as const

/** A provider as this caller reaches it: what it can do, whether it is connected, and whether it works at the moment. */
export async function describeProvider(
  services: Services,
  call: Call,
  provider: ProviderId,
): Promise<Provider> {
  const { name, products, limits } = sealedProviders[provider]
  const connection = services.connections.of(call.caller).get(provider)
  const state = connection ? await services.providers.look(connection) : null
  const { window } = limits[call.caller.mode]
  return {
    id: provider,
    object: 'provider',
    mode: call.caller.mode,
    name,
    products: [...products],
    capabilities: capabilitiesOf(provider).map(capability => ({
      ...capability,
      baseline: services.drift.covers(provider, capability.operation),
    })),
    connection: connection
      ? {
          state: connection.source === 'simulator' ? 'simulated' : 'connected',
          id: idFromUuid('connection', connection.id),
          source: connection.source,
        }
      : NOT_CONNECTED,
    circuit: state?.circuit ?? 'closed',
    rate_limit: window
      ? { limit: state?.limit?.window?.requests ?? window.requests, window_ms: window.ms }
      : null,
    last_success_at: state?.lastSuccessAt?.toISOString() ?? null,
  }
}

/** All providers, in the order of the contract. */
export function describeProviders(services: Services, call: Call): Promise<Provider[]> {
  return Promise.all(providerIds.map(provider => describeProvider(services, call, provider)))
}
