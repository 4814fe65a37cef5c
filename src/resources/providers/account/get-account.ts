import { chooseProvider } from '#connections/choose-provider'
import { readAtProvider } from '#connections/read-at-provider'
import type { ProviderAccount } from '#contract/account'
import type { ProviderId } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import type { ProviderOwnAccount } from '#providers/port/account'
import type { Services } from '#services'

export function toAccount(call: Call, provider: ProviderId, found: ProviderOwnAccount): ProviderAccount {
  const { name, reference_number, theme_color_primary, logo_url, management_fee, slug } = found
  const { mode } = call.caller
  const appearance = { name, reference_number, theme_color_primary, logo_url, management_fee }
  return { object: 'provider_account', mode, provider, ...appearance, slug }
}

/**
 * The customer's own account at a provider, read there. Throws `capability_not_supported`, `provider_not_connected` and
 * ProviderError.
 */
export async function getAccount(
  services: Services,
  call: Call,
  named: ProviderId,
  wishes: { withProviderData: boolean },
): Promise<ProviderAccount> {
  const provider = chooseProvider('account.get', named)
  const connection = services.connections.own(call.caller, provider)
  const { value, payload } = await readAtProvider(services, call, { connection }, 'account.get', {})
  const account = toAccount(call, provider, value)
  if (!wishes.withProviderData || payload === null) return account
  const { fetchedAt, data } = payload
  return { ...account, provider_data: { [provider]: { fetched_at: fetchedAt.toISOString(), data } } }
}
