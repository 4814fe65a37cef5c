import { ZodError } from 'zod'
import type { ProviderId } from '#contract/vocabulary'
import type { Connection } from '#providers/call-context'
import type { SealedProvider } from '#providers/port/seal'
import type { Upstream } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'

export function notSupported(provider: ProviderId, operation: string): ProviderError {
  return new ProviderError({
    provider,
    operation,
    code: 'capability_not_supported',
    outcome: 'not_sent',
    message: `${provider} does not support ${operation}`,
    final: true,
  })
}

/** Opens a provider with a connection's credentials. Throws ProviderError when they are not of its shape. */
export function openProvider(
  provider: SealedProvider,
  connection: Connection,
  operation: string,
  upstream: Upstream,
): ReturnType<SealedProvider['open']> {
  try {
    return provider.open(connection.credentials, upstream, connection.mode)
  } catch (err) {
    if (!(err instanceof ZodError)) throw err
    // zod's error is not kept as cause: it is about credentials.
    throw new ProviderError({
      provider: provider.id,
      operation,
      code: 'provider_auth_failed',
      outcome: 'not_sent',
      message: `The credentials kept for ${provider.id} are not of the shape that it needs`,
      final: true,
    })
  }
}
