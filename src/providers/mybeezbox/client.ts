import { z } from 'zod'
import type { Mode } from '#contract/vocabulary'
import type { OperationTable, RowName } from '#providers/mybeezbox/operation-table'
import type { AccessToken, Upstream, UpstreamRequest, UpstreamStream } from '#providers/port/upstream'
import { withToken } from '#providers/port/with-token'
import { ProviderError } from '#providers/provider-error'

export const MybeezboxCredentials = z.strictObject({
  username: z.string().min(1).meta({ description: 'Name of the API user.' }),
  password: z.string().min(1).meta({ secret: true, description: 'Password of the API user.' }),
})
type Credentials = z.output<typeof MybeezboxCredentials>

/** No life is stated: kept for a day, and renewed before that when the provider refuses it. */
const TOKEN_SECONDS = 86_400
const TokenAnswer = z.object({ token: z.string().min(1) })

/** What an operation is told; method and path stand in the table. */
export type MybeezboxRequest = Omit<UpstreamRequest, 'method' | 'path' | 'headers' | 'secret'>

export interface MybeezboxClient {
  /** Throws ProviderError `operation_not_configured` in live mode for a row that nobody has confirmed. */
  call<S extends z.ZodType>(operation: RowName, request: MybeezboxRequest, schema: S): Promise<z.output<S>>
  /** As `call`, for an answer that is a file. */
  stream(operation: RowName, request: MybeezboxRequest): Promise<UpstreamStream>
  /** Asks for a token: the one harmless call that shows whether the credentials hold. */
  authenticate(): Promise<AccessToken>
}

function notConfigured(operation: RowName): ProviderError {
  return new ProviderError({
    provider: 'mybeezbox',
    operation,
    code: 'operation_not_configured',
    outcome: 'not_sent',
    message: `The path of ${operation} is inferred from an incomplete document: confirm it in MYBEEZBOX_OPERATIONS_FILE`,
    final: true,
  })
}

/** Section "Authentication": user name and password for a token, and the token with everything else. */
export function createMybeezboxClient(
  { rows, scheme }: OperationTable,
  credentials: Credentials,
  upstream: Upstream,
  mode: Mode,
): MybeezboxClient {
  function rowOf(operation: RowName): Pick<UpstreamRequest, 'method' | 'path'> {
    const { method, path, confirmed } = rows[operation]
    if (mode === 'live' && !confirmed) throw notConfigured(operation)
    return { method, path }
  }

  async function authenticate(): Promise<AccessToken> {
    const body = { kind: 'json', value: credentials } as const
    const headers = { accept: 'application/json' }
    const answer = await upstream.json({ ...rowOf('auth.token'), headers, body, secret: true }, TokenAnswer)
    return { value: answer.token, expiresInSeconds: TOKEN_SECONDS }
  }

  /** Both rows are looked up before anything is sent. */
  async function authorized<T>(
    operation: RowName,
    accept: string,
    send: (request: Pick<UpstreamRequest, 'method' | 'path' | 'headers'>) => Promise<T>,
  ): Promise<T> {
    const row = rowOf(operation)
    rowOf('auth.token')
    return withToken(upstream, authenticate, token =>
      send({ ...row, headers: { accept, authorization: `${scheme} ${token}` } }),
    )
  }

  return {
    call: (operation, request, schema) =>
      authorized(operation, 'application/json', sent => upstream.json({ ...request, ...sent }, schema)),
    stream: (operation, request) =>
      authorized(operation, '*/*', sent => upstream.stream({ ...request, ...sent })),
    authenticate,
  }
}
