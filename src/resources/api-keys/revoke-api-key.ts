import { revokeKey } from '#accounts/keys'
import { keysInReach } from '#accounts/reach'
import { type Answer, NO_CONTENT } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Ends a key for good; doing so again changes nothing. Throws `not_found`. */
export async function revokeApiKey(
  { database, authenticator, now }: Services,
  call: Call,
  id: string,
): Promise<Answer> {
  const key = { uuid: uuidOf('key', id), at: now() }
  const found = await database.transaction(tx => revokeKey(tx, call, keysInReach(call.caller), key))
  if (!found) throw notFound('key')
  authenticator.forget()
  return NO_CONTENT
}
