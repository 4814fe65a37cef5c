import type { ProviderId } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import type { Connection } from '#providers/call-context'
import { sealedProviders, supporting, supports } from '#providers/registry'
import type { Services } from '#services'

/** Whom a quote asks, and who is named or connected but cannot quote. */
export interface ChosenProviders {
  readonly asked: readonly Connection[]
  readonly unsupported: readonly ProviderId[]
}

/** A provider of something else than bills has no place in a comparison that nobody named it for. */
const sellsBills = (provider: ProviderId) => sealedProviders[provider].products.length > 0

/**
 * The named providers, or all that are connected and sell bills. Throws `provider_not_connected` for a named one without a
 * connection, and `capability_not_supported` when none of the named ones can quote.
 */
export function chooseProviders(
  services: Services,
  call: Call,
  named: readonly ProviderId[] | null,
): ChosenProviders {
  const connected = services.connections.of(call.caller)
  const candidates = named ?? [...connected.keys()].filter(sellsBills)
  const able = candidates.filter(provider => supports(provider, 'quotes.create'))
  if (named && able.length === 0) {
    throw new ProblemError('capability_not_supported', 'None of these providers gives quotes.', {
      members: { supported_by: [...supporting('quotes.create')] },
    })
  }
  const asked = able.map(provider => {
    const connection = connected.get(provider)
    if (connection) return connection
    throw new ProblemError(
      'provider_not_connected',
      `There is no ${call.caller.mode} connection to ${provider}.`,
    )
  })
  if (asked.length === 0)
    throw new ProblemError('provider_not_connected', 'No connected provider gives quotes.')
  return { asked, unsupported: candidates.filter(provider => !able.includes(provider)) }
}
