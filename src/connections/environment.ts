import { type Config, ConfigError } from '#config'
import type { GivenConnection } from '#connections/connections'
import { type Mode, type ProviderId, providerIds } from '#contract/common'
import type { SealedProvider } from '#providers/port/seal'

type Providers = Readonly<Record<ProviderId, Pick<SealedProvider, 'baseUrl'>>>

function originOf(url: string): string {
  return new URL(url).origin
}

/**
 * Refuses an address of the other mode: test keys must never reach production, nor live keys a sandbox. Throws
 * ConfigError.
 */
export function demandAddressOfMode(
  provider: ProviderId,
  baseUrl: string,
  mode: Mode,
  providers: Providers,
): void {
  const other = mode === 'test' ? 'live' : 'test'
  const known = providers[provider].baseUrl[other]
  const name = `${provider.toUpperCase()}_BASE_URL`
  if (known && originOf(known) === originOf(baseUrl))
    throw new ConfigError([
      `${name} is the provider's ${other === 'live' ? 'production' : 'sandbox'} address, but the mode is ${mode}`,
    ])
  if (mode === 'live' && !baseUrl.startsWith('https://'))
    throw new ConfigError([`${name} must be https in live mode`])
}

/**
 * The connections that the environment and the running simulators give. Real credentials win over a simulator.
 * Throws ConfigError.
 */
export function givenConnections(
  config: Pick<Config, 'mode' | 'providers'>,
  providers: Providers,
  simulators: Readonly<
    Partial<Record<ProviderId, { url: string; credentials: Readonly<Record<string, string>> }>>
  >,
): GivenConnection[] {
  return providerIds.flatMap((provider): GivenConnection[] => {
    const { baseUrl, credentials } = config.providers[provider]
    const simulator = simulators[provider]
    if (credentials) {
      const address = baseUrl ?? providers[provider].baseUrl[config.mode]
      if (!address)
        throw new ConfigError([
          `${provider.toUpperCase()}_BASE_URL is required: the provider has no public address`,
        ])
      demandAddressOfMode(provider, address, config.mode, providers)
      return [{ provider, source: 'environment', baseUrl: address, credentials }]
    }
    return simulator
      ? [
          {
            provider,
            source: 'simulator',
            baseUrl: simulator.url,
            credentials: simulator.credentials,
          },
        ]
      : []
  })
}
