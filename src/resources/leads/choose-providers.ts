import type { ProviderId } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import type { Connection } from '#providers/call-context'
import { supporting, supports } from '#providers/registry'
import type { Services } from '#services'

function demandCapability(provider: ProviderId): void {
  if (supports(provider, 'leads.create')) return
  throw new ProblemError('capability_not_supported', `${provider} takes no leads.`, {
    members: { supported_by: supporting('leads.create') },
  })
}

/**
 * The named providers, each once, or all connected ones that take leads. Throws `capability_not_supported` and
 * `provider_not_connected`.
 */
export function chooseProviders(
  services: Pick<Services, 'connections'>,
  call: Call,
  named: readonly ProviderId[] | null,
): Connection[] {
  const connected = services.connections.of(call.caller)
  if (named === null) {
    const able = [...connected.values()].filter(({ provider }) => supports(provider, 'leads.create'))
    if (able.length > 0) return able
    throw new ProblemError('provider_not_connected', 'No connected provider takes leads.')
  }
  named.forEach(demandCapability)
  return [...new Set(named)].map(provider => {
    const connection = connected.get(provider)
    if (connection) return connection
    throw new ProblemError(
      'provider_not_connected',
      `There is no ${call.caller.mode} connection to ${provider}.`,
    )
  })
}
