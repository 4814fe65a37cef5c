import type { CallContext } from '#providers/call-context'
import { createDeadline } from '#providers/deadline'
import { ProviderError } from '#providers/provider-error'
import { sealedProviders } from '#providers/registry'
import type { ProviderRuntime } from '#providers/run'

/** What came of the one harmless authenticated call of a provider. */
export type Verification =
  | { readonly outcome: 'accepted'; readonly durationMs: number }
  /** The provider has no such call. */
  | { readonly outcome: 'not_verifiable' }
  | {
      readonly outcome: 'refused' | 'not_configured' | 'not_reached' | 'failed'
      readonly error: ProviderError
    }

/** A call that consists of credentials alone has nothing else that could be wrong; 404 and the like are of its address. */
const ABOUT_CREDENTIALS = [400, 401, 403, 422]

function outcomeOf({ facts: { code, outcome, status = 0 } }: ProviderError) {
  if (code === 'provider_auth_failed') return 'refused'
  if (outcome === 'refused' && ABOUT_CREDENTIALS.includes(status)) return 'refused'
  if (code === 'operation_not_configured') return 'not_configured'
  return outcome === 'not_sent' ? 'not_reached' : 'failed'
}

/** Finds out whether a provider takes a connection's credentials. `timeoutMs` is the longest that it takes. */
export async function verify(
  runtime: Pick<ProviderRuntime, 'verify'>,
  context: Omit<CallContext, 'deadline'>,
  timeoutMs: number,
): Promise<Verification> {
  if (!sealedProviders[context.connection.provider].canVerify) return { outcome: 'not_verifiable' }
  const deadline = createDeadline(timeoutMs)
  try {
    const { durationMs } = await runtime.verify({ ...context, deadline })
    return { outcome: 'accepted', durationMs }
  } catch (err) {
    if (!(err instanceof ProviderError)) throw err
    return { outcome: outcomeOf(err), error: err }
  } finally {
    deadline.dispose()
  }
}
