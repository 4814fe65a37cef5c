import type { z } from 'zod'
import { chooseProvider } from '#connections/choose-provider'
import { readAtProvider } from '#connections/read-at-provider'
import type { Permissions } from '#contract/permissions'
import type { ProviderId } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import type { Services } from '#services'

/**
 * What the account's own connection is allowed to do. Throws `capability_not_supported` for a provider that does not
 * tell.
 */
export async function getPermissions(
  services: Services,
  call: Call,
  named: ProviderId,
): Promise<z.output<typeof Permissions>> {
  const provider = chooseProvider('auth.permissions', named)
  const connection = services.connections.own(call.caller, provider)
  const { value } = await readAtProvider(services, call, { connection }, 'auth.permissions', {})
  return { ...value, object: 'permissions', mode: call.caller.mode, provider }
}
