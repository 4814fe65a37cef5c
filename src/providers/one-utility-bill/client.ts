import { z } from 'zod'
import type { AccessToken, Upstream, UpstreamRequest } from '#providers/port/upstream'
import { withToken } from '#providers/port/with-token'

export const OneUtilityBillCredentials = z.strictObject({
  client_id: z.string().min(1).meta({ description: 'OAuth 2.0 client id.' }),
  client_secret: z.string().min(1).meta({ secret: true, description: 'OAuth 2.0 client secret.' }),
})
type Credentials = z.output<typeof OneUtilityBillCredentials>

/** Stated for every token: "Access Tokens are valid for 3600 seconds". */
const TOKEN_SECONDS = 3600
const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive().nullish(),
})

export interface OneUtilityBillClient {
  get<S extends z.ZodType>(target: Pick<UpstreamRequest, 'path' | 'params'>, schema: S): Promise<z.output<S>>
  post<S extends z.ZodType>(path: string, value: unknown, schema: S): Promise<z.output<S>>
  /** Asks for a token of its own, kept or not: the one harmless call that shows whether the credentials hold. */
  authenticate(): Promise<AccessToken>
}

/** Chapters "Authentication" and "Access Token Expiry": client credentials for a token of one hour. */
export function createOneUtilityBillClient(
  credentials: Credentials,
  upstream: Upstream,
): OneUtilityBillClient {
  const authenticate = () => fetchToken(credentials, upstream)
  const send = <S extends z.ZodType>(request: UpstreamRequest, schema: S) =>
    withToken(upstream, authenticate, token => {
      const headers = { accept: 'application/json', authorization: `Bearer ${token}` }
      return upstream.json({ ...request, headers }, schema)
    })
  return {
    get: (target, schema) => send({ ...target, method: 'GET' }, schema),
    post: (path, value, schema) => send({ method: 'POST', path, body: { kind: 'json', value } }, schema),
    authenticate,
  }
}

async function fetchToken(credentials: Credentials, upstream: Upstream): Promise<AccessToken> {
  const answer = await upstream.json(
    {
      method: 'POST',
      path: '/oauth/token',
      body: {
        kind: 'form',
        fields: { grant_type: 'client_credentials', ...credentials, scope: 'leads quotes' },
      },
      secret: true,
    },
    TokenAnswer,
  )
  return { value: answer.access_token, expiresInSeconds: answer.expires_in ?? TOKEN_SECONDS }
}
