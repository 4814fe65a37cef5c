import type { FastifyInstance } from 'fastify'
import type { Authenticator } from '#accounts/authenticate'
import type { Caller } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import type { WrongKeyLimit } from '#http/rate-limit'
import { demandScope, isRead, scopeOf } from '#http/scopes'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
  }
  interface FastifyContextConfig {
    /** Needs no key. */
    open?: boolean
  }
}

const CHALLENGE = { 'www-authenticate': 'Bearer realm="billbridge"' }

function bearerOf(header: string | undefined): string {
  const key = /^Bearer ([\x21-\x7e]{1,256})$/i.exec(header ?? '')?.[1]
  if (key) return key
  throw new ProblemError('unauthenticated', 'Send your key as "Authorization: Bearer bb_test_…".', {
    headers: CHALLENGE,
  })
}

/** Every route but the open ones needs a key with the route's scope. */
export function authenticateRequests(
  app: FastifyInstance,
  authenticator: Authenticator,
  countWrongKey: WrongKeyLimit,
): void {
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async request => {
    const path = request.routeOptions.url
    if (request.is404 || path === undefined || request.routeOptions.config.open) return
    const caller = await authenticator.authenticate(bearerOf(request.headers.authorization))
    if (!caller) {
      await countWrongKey(request.ip)
      throw new ProblemError('unauthenticated', 'This key is not valid.', { headers: CHALLENGE })
    }
    const previews = new URLSearchParams(request.url.split('?')[1]).get('preview') === 'true'
    demandScope(caller, scopeOf(path, isRead(request.method) || previews))
    request.caller = caller
  })
}
