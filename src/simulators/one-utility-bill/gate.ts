import { z } from 'zod'
import type { Answer, Call, Clock, Endpoint, Gate } from '#simulators/core/endpoint'
import { createSlidingLog, type Limit, type Seat } from '#simulators/core/sliding-log'
import type { OneUtilityBillDialect } from '#simulators/one-utility-bill/dialect'
import type { Grant, Tokens } from '#simulators/one-utility-bill/tokens'

const UNLIMITED: Seat = { limit: 1_000_000, remaining: 999_999, freeAt: null }
const ClientId = z.object({ client_id: z.string() })

interface Context {
  readonly clock: Clock
  readonly tokens: Tokens
  readonly dialect: OneUtilityBillDialect
}

/** Who is asking; the empty text for somebody unknown, who is limited too. */
function clientOf(call: Call, endpoint: Endpoint | null, grant: Grant | null): string {
  const named = endpoint?.open ? ClientId.safeParse(call.body).data?.client_id : grant?.client
  return named ?? ''
}

function admit(
  dialect: OneUtilityBillDialect,
  call: Call,
  endpoint: Endpoint,
  grant: Grant | null,
): Answer | null {
  if (endpoint.open) return null
  if (!grant) return dialect.unauthorized()
  const [scope = ''] = endpoint.operation.split('.')
  if (!grant.scopes.includes(scope)) return dialect.missingScope()
  return call.headers.accept?.includes('application/json') ? null : dialect.notAcceptable()
}

/** Rate limit first, token requests included, then the token. Chapters "Rate Limiting" and "Authentication". */
export function createGate(limit: Limit | 'off', { clock, tokens, dialect }: Context): Gate {
  const seatFor = limit === 'off' ? () => UNLIMITED : createSlidingLog(limit, clock)
  return (call, endpoint) => {
    const token = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1]
    const grant = token === undefined ? null : tokens.grantOf(token)
    const seat = seatFor(clientOf(call, endpoint, grant))
    const headers = {
      'x-ratelimit-limit': String(seat.limit),
      'x-ratelimit-remaining': String(seat.remaining),
    }
    if (seat.freeAt !== null) {
      return { headers, refusal: dialect.rateLimited(seat.freeAt - clock().getTime()) }
    }
    return { headers, refusal: endpoint && admit(dialect, call, endpoint, grant) }
  }
}
