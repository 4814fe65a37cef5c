import { issueKey } from '#accounts/keys'
import { reachedMode } from '#accounts/reach'
import { insertAccount } from '#accounts/store'
import { appendAudit } from '#audit/append-audit'
import { Account, type AccountRequest } from '#contract/accounts'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import type { Services } from '#services'
import { idFromUuid, newUuid } from '#values/ids'

const FIRST_KEY = { name: 'First key', scopes: ['admin'], metadata: {}, expiresAt: null }

/** The only answer that shows the first key. Throws `forbidden`. */
export function createAccount(
  { database, idempotency, now }: Services,
  call: Call,
  { name, mode: wanted, metadata: given }: AccountRequest,
): Promise<Answer> {
  return idempotency.once(call, async () => {
    const mode = reachedMode(call.caller, wanted)
    return claim =>
      database.transaction(async tx => {
        const uuid = newUuid()
        const at = now()
        const metadata = given ?? {}
        insertAccount(tx, { uuid, name, metadata, at })
        // In the new account's own log it is the operator who did it: the key that was used is not theirs to see.
        const operator = { caller: { accountId: uuid, mode, keyId: null }, requestId: call.requestId }
        const api_key = await issueKey(tx, operator, { accountId: uuid, mode }, { ...FIRST_KEY, at })
        const resource = { prefix: 'account' as const, uuid }
        const data = { mode, key_id: api_key.id, hint: api_key.hint }
        appendAudit(tx, call, { action: 'accounts.created', resource, data, at })
        const facts = { id: idFromUuid('account', uuid), mode, name, metadata, created_at: at.toISOString() }
        const answer = respond(Account, { object: 'account', ...facts, api_key }, { status: 201 })
        claim.settle(tx, answer)
        return answer
      })
  })
}
