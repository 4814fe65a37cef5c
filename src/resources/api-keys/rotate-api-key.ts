import { hasEnded, replaceKey } from '#accounts/keys'
import { demandAsMuch, keysInReach } from '#accounts/reach'
import { findKey } from '#accounts/key-store'
import { ApiKey, type ApiKeyRotation } from '#contract/api-keys'
import { type Answer, respond } from '#http/answer'
import type { Call, Caller } from '#http/caller'
import { notFound, ProblemError } from '#http/problem-error'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Throws `forbidden` and `state_conflict`. */
function demandReplaceable(caller: Caller, key: ApiKey, now: Date): void {
  demandAsMuch(caller, key.scopes)
  if (hasEnded(key, now)) throw new ProblemError('state_conflict', 'The key has ended: make another one.')
  if (key.source !== 'api')
    throw new ProblemError(
      'state_conflict',
      'A bootstrap key is changed by BILLBRIDGE_API_KEY and a restart.',
    )
}

/** Makes the key that takes another's place, and shows it, this once. Throws `not_found`, `forbidden`, `state_conflict`. */
export async function rotateApiKey(
  { database, idempotency, authenticator, now }: Services,
  call: Call,
  id: string,
  body: ApiKeyRotation,
): Promise<Answer> {
  const uuid = uuidOf('key', id)
  const scope = keysInReach(call.caller)
  const check = (key: ApiKey) => demandReplaceable(call.caller, key, now())
  const answer = await idempotency.once(call, async () => {
    const old = await findKey(database.sql, scope, uuid)
    if (!old) throw notFound('key')
    check(old)
    return claim =>
      database.transaction(async tx => {
        const at = now()
        const oldEndsAt = new Date(at.getTime() + (body?.overlap_seconds ?? 0) * 1_000)
        const key = await replaceKey(tx, call, scope, { uuid, check, oldEndsAt, at })
        if (!key) throw notFound('key')
        const made = respond(ApiKey, key, {
          status: 201,
          headers: { location: `/v1/api-keys/${key.id}` },
        })
        claim.settle(tx, made)
        return made
      })
  })
  authenticator.forget()
  return answer
}
