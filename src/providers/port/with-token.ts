import type { AccessToken, Upstream } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'

type TokenSource = Pick<Upstream, 'token'>

/**
 * Sends with the connection's token. A 401 means a token that has ended: it is renewed once, and the request, which was
 * not carried out, sent once more. `fetch` asks the provider for a token.
 */
export async function withToken<T>(
  upstream: TokenSource,
  fetch: () => Promise<AccessToken>,
  send: (token: string) => Promise<T>,
): Promise<T> {
  const token = await currentToken(upstream, fetch)
  try {
    return await send(token)
  } catch (err) {
    if (!(err instanceof ProviderError && err.facts.status === 401)) throw err
    return send(await currentToken(upstream, fetch, token))
  }
}

/** Whatever became of the request for a token: without one, the call that needs it was not sent. */
async function currentToken(
  upstream: TokenSource,
  fetch: () => Promise<AccessToken>,
  rejected?: string,
): Promise<string> {
  try {
    return await upstream.token(fetch, rejected)
  } catch (err) {
    if (!(err instanceof ProviderError && err.facts.outcome === 'unknown')) throw err
    throw new ProviderError({ ...err.facts, outcome: 'not_sent' })
  }
}
