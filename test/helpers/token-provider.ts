import { z } from 'zod'
import type { AccessToken, Upstream } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'
import type { Behaviour, FaultyUpstream } from '#test/upstream'
import { answersJson } from '#test/upstream'

const Token = z.object({ access_token: z.string(), expires_in: z.number() })

/** Asks for a token with the secret `client-secret-7781`. */
export const fetchToken = (upstream: Upstream) => async (): Promise<AccessToken> => {
  const fields = { client_secret: 'client-secret-7781' }
  const request = {
    method: 'POST',
    path: '/oauth/token',
    body: { kind: 'form', fields },
    secret: true,
  } as const
  const answer = await upstream.json(request, Token)
  return { value: answer.access_token, expiresInSeconds: answer.expires_in }
}

const ask = (upstream: Upstream, token: string) =>
  upstream.json(
    { method: 'POST', path: '/leads', headers: { authorization: `Bearer ${token}` } },
    z.unknown(),
  )

/** An adapter's operation that renews a refused token once, as they all do. */
export async function withToken(upstream: Upstream): Promise<unknown> {
  const token = await upstream.token(fetchToken(upstream))
  try {
    return await ask(upstream, token)
  } catch (err) {
    if (!(err instanceof ProviderError && err.facts.status === 401)) throw err
    return ask(upstream, await upstream.token(fetchToken(upstream), token))
  }
}

export function tokenRequests({ requests }: FaultyUpstream): number {
  return requests.filter(({ path }) => path === '/oauth/token').length
}

/** Hands out `access-token-1`, `access-token-2` and so on, and refuses calls with all but those that `isValid`. */
export function oauth(isValid: (token: string) => boolean): Behaviour {
  let made = 0
  return (socket, request) => {
    if (request.path !== '/oauth/token') {
      const token = request.headers['authorization']?.replace('Bearer ', '') ?? ''
      return answersJson({}, isValid(token) ? 200 : 401)(socket, request)
    }
    made += 1
    return answersJson({ access_token: `access-token-${made}`, expires_in: 3_600 })(socket, request)
  }
}
