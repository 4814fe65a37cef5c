import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Clock, type Endpoint, Refusal } from '#simulators/core/endpoint'
import type { OneUtilityBillDialect } from '#simulators/one-utility-bill/dialect'

const LIFETIME_SECONDS = 3_600
const SCOPES = ['leads', 'quotes']

export interface Client {
  readonly client_id: string
  readonly client_secret: string
}

export interface Grant {
  readonly client: string
  readonly scopes: readonly string[]
  readonly endsAt: number
}

export interface Tokens {
  /** What a token in force allows; null for one that is unknown or has run out. */
  grantOf(token: string): Grant | null
  readonly endpoint: Endpoint
}

const TokenBody = z.strictObject({
  grant_type: z.literal('client_credentials'),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  scope: z.string().refine(text => text.split(' ').every(scope => SCOPES.includes(scope)), {
    error: 'The selected :attribute is invalid.',
  }),
})

/** Several tokens are in force at once: a new one revokes none. Chapter "Authentication". */
export function createTokens(
  clients: readonly Client[],
  context: { clock: Clock; nextId: () => number; dialect: OneUtilityBillDialect },
): Tokens {
  const { clock, nextId, dialect } = context
  const grants = new Map<string, Grant>()

  function issue(client: string, scope: string): string {
    const now = clock().getTime()
    for (const [token, { endsAt }] of grants) if (endsAt <= now) grants.delete(token)
    const token = createHash('sha256').update(`${client}:${nextId()}`).digest('base64url')
    grants.set(token, { client, scopes: scope.split(' '), endsAt: now + LIFETIME_SECONDS * 1_000 })
    return token
  }

  return {
    grantOf: token => {
      const grant = grants.get(token)
      return grant && grant.endsAt > clock().getTime() ? grant : null
    },
    endpoint: {
      operation: 'tokens.create',
      method: 'POST',
      path: '/oauth/token',
      effect: 'counted',
      form: true,
      open: true,
      renamed: ['access_token', 'token'],
      accept: ({ body }) => {
        const asked = dialect.read(TokenBody, body)
        const known = clients.some(
          client => client.client_id === asked.client_id && client.client_secret === asked.client_secret,
        )
        if (!known) throw new Refusal(dialect.unauthorized())
        const apply = () => ({
          status: 200,
          headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
          body: {
            access_token: issue(asked.client_id, asked.scope),
            token_type: 'Bearer',
            expires_in: LIFETIME_SECONDS,
          },
        })
        return { triggers: [], apply }
      },
    },
  }
}
