import { AsyncLocalStorage } from 'node:async_hooks'
import type { Deadline } from '#providers/call-context'
import type { CallScope } from '#providers/call-scope'
import type { Clock } from '#providers/clock'
import { createDeadline } from '#providers/deadline'
import type { AccessToken, Upstream } from '#providers/port/upstream'
import type { ProviderErrorFacts } from '#providers/provider-error'
import { ProviderError } from '#providers/provider-error'
import type { Tokens } from '#providers/tokens'
import { TokenPause } from '#providers/token-lease'
import { FAILURE_PAUSE_MS } from '#providers/token-record'
import { errorOf, outOfTime } from '#providers/wire/failure'
import { until } from '#providers/wire/send'

/** Hands out tokens to calls, and knows of a request whether it is made to fetch one. */
export interface TokenSource {
  /** The deadline of the fetch that we are in, or undefined outside of one. */
  fetchDeadline(): Deadline | undefined
  token(scope: CallScope): Upstream['token']
}

type Fetch = () => Promise<AccessToken>

/** What somebody is told who needs a token while nobody fetches one. */
function pauseFailure(
  call: Pick<ProviderErrorFacts, 'provider' | 'operation'>,
  { refused, retryAfterMs }: TokenPause,
): ProviderError {
  if (refused) {
    const message = `${call.provider} has refused the credentials just now`
    return new ProviderError({ ...call, code: 'provider_auth_failed', outcome: 'refused', message })
  }
  const message = `${call.provider} has handed out no token just now`
  return new ProviderError({
    ...call,
    code: 'provider_unavailable',
    outcome: 'not_sent',
    message,
    retryAfterMs,
  })
}

/** The error of a fetch that another caller may have begun, as this caller's own. */
function ownFailure({ provider, operation, context }: CallScope, err: unknown): unknown {
  if (err === context.deadline.signal.reason) {
    return errorOf(outOfTime(provider.id), { provider: provider.id, operation })
  }
  if (err instanceof TokenPause) return pauseFailure({ provider: provider.id, operation }, err)
  if (!(err instanceof ProviderError)) return err
  const { outcome, retryAfterMs = 0 } = err.facts
  const wait = outcome === 'refused' ? {} : { retryAfterMs: Math.max(retryAfterMs, FAILURE_PAUSE_MS) }
  return new ProviderError({ ...err.facts, ...wait, operation })
}

/**
 * A fetch is shared by many callers, so what it sends has a deadline of its own. How an adapter's closure came to send
 * something, only the async context can tell.
 */
export function createTokenSource(deps: {
  readonly tokens: Tokens
  readonly clock: Clock
  readonly providerMs: number
}): TokenSource {
  const { tokens, clock, providerMs } = deps
  const within = new AsyncLocalStorage<Deadline>()

  async function fetchWith({ provider, operation }: CallScope, fetch: Fetch, rejected: string | undefined) {
    const failed = {
      provider: provider.id,
      operation,
      code: 'provider_auth_failed',
      outcome: 'refused',
    } as const
    const deadline = createDeadline(providerMs, undefined, clock)
    try {
      const token = await within.run(deadline, fetch)
      if (token.value !== rejected) return token
      throw new ProviderError({ ...failed, message: `${provider.id} hands out a token that it refuses` })
    } catch (err) {
      // Whatever a token endpoint refuses, it refuses our credentials.
      if (!(err instanceof ProviderError) || err.facts.outcome !== 'refused') throw err
      throw new ProviderError({ ...err.facts, ...failed })
    } finally {
      deadline.dispose()
    }
  }

  return {
    fetchDeadline: () => within.getStore(),
    token: scope => async (fetch, rejected) => {
      const { connection, deadline } = scope.context
      const fetched = tokens.get(connection.fingerprint, () => fetchWith(scope, fetch, rejected), rejected)
      try {
        const token = await until(deadline.signal, fetched)
        scope.trace.secrets.add(token)
        return token
      } catch (err) {
        throw ownFailure(scope, err)
      }
    },
  }
}
