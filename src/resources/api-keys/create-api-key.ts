import { issueKey } from '#accounts/keys'
import { demandAsMuch, reachedMode } from '#accounts/reach'
import { ApiKey, type ApiKeyRequest } from '#contract/api-keys'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { invalid } from '#http/problem-error'
import type { Services } from '#services'

/** A misspelt scope would give a key that opens nothing. Throws `validation_failed`. */
function demandKnown(scopes: readonly string[], known: ReadonlySet<string>): void {
  const unknown = scopes.flatMap((scope, index) => (known.has(scope) ? [] : [index]))
  if (unknown.length === 0) return
  const message = 'must be the scope of a route, such as quotes:read, or admin or platform'
  throw invalid(...unknown.map(index => ({ pointer: `/scopes/${index}`, code: 'invalid_value', message })))
}

/** Null for never. Throws `validation_failed` for what is over. */
function expiryOf({ expires_at }: ApiKeyRequest, now: Date): Date | null {
  if (!expires_at) return null
  const expiry = new Date(expires_at)
  if (expiry > now) return expiry
  throw invalid({ pointer: '/expires_at', code: 'out_of_range', message: 'must lie in the future' })
}

/** The only answer that shows the key. Throws `validation_failed` and `forbidden`. */
export function createApiKey(
  { database, idempotency, now }: Services,
  call: Call,
  body: ApiKeyRequest,
  known: ReadonlySet<string>,
): Promise<Answer> {
  const { caller } = call
  return idempotency.once(call, async () => {
    demandKnown(body.scopes, known)
    const expiresAt = expiryOf(body, now())
    demandAsMuch(caller, body.scopes)
    const owner = { accountId: caller.accountId, mode: reachedMode(caller, body.mode) }
    const { name, scopes, metadata } = body
    return claim =>
      database.transaction(async tx => {
        const wanted = { name, scopes, metadata: metadata ?? {}, expiresAt, at: now() }
        const key = await issueKey(tx, call, owner, wanted)
        const answer = respond(ApiKey, key, { status: 201, headers: { location: `/v1/api-keys/${key.id}` } })
        claim.settle(tx, answer)
        return answer
      })
  })
}
