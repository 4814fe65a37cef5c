import { type Config, ConfigError } from '#config'
import type { GivenConnection } from '#connections/connections'
import { type Mode, type ProviderId, providerIds } from '#contract/vocabulary'
import type { SealedProvider } from '#providers/port/seal'

type Providers = Readonly<Record<ProviderId, Pick<SealedProvider, 'baseUrl'>>>

/** What a simulator that is running says of itself. */
type Simulators = Readonly<
  Partial<Record<ProviderId, { url: string; credentials: Readonly<Record<string, string>> }>>
>

/** The host alone, in lower case and without the dot of the root: whatever port or scheme, it is the same machine. */
function hostOf(url: string): string {
  return new URL(url).hostname.replace(/\.+$/, '')
}

/**
 * What is wrong with reaching a provider at this address in this mode, or null. Test keys must never reach any
 * provider's production, nor live keys a sandbox or an unencrypted address.
 */
export function addressMistake(baseUrl: string, mode: Mode, providers: Providers): string | null {
  const other = mode === 'test' ? 'live' : 'test'
  const forbidden = providerIds.flatMap(provider => providers[provider].baseUrl[other] ?? []).map(hostOf)
  if (forbidden.includes(hostOf(baseUrl)))
    return `is a provider's ${other === 'live' ? 'production' : 'sandbox'} address, but the mode is ${mode}`
  return mode === 'live' && new URL(baseUrl).protocol !== 'https:' ? 'must be https in live mode' : null
}

/**
 * The connections that the environment and the running simulators give. Real credentials win over a simulator.
 * Throws ConfigError with every mistake at once.
 */
export function givenConnections(
  config: Pick<Config, 'mode' | 'providers'>,
  providers: Providers,
  simulators: Simulators,
): GivenConnection[] {
  const mistakes: string[] = []
  const given = providerIds.flatMap((provider): GivenConnection[] => {
    const { credentials, ...settings } = config.providers[provider]
    const simulator = simulators[provider]
    if (!credentials) {
      if (!simulator) return []
      const { url: baseUrl, credentials: known } = simulator
      return [{ provider, source: 'simulator', baseUrl, credentials: known }]
    }
    const name = `${provider.toUpperCase()}_BASE_URL`
    const baseUrl = settings.baseUrl ?? providers[provider].baseUrl[config.mode]
    const mistake = baseUrl
      ? addressMistake(baseUrl, config.mode, providers)
      : 'is required: the provider has no public address'
    if (mistake) mistakes.push(`${name} ${mistake}`)
    return baseUrl ? [{ provider, source: 'environment', baseUrl, credentials }] : []
  })
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return given
}
