import { makeApiKey } from '#accounts/api-key'
import {
  endKeyAt,
  findKey,
  insertKey,
  type KeyOwner,
  type KeyScope,
  lockKey,
  type NewKey,
  revokeKeyRow,
} from '#accounts/key-store'
import { type Actor, appendAudit } from '#audit/append-audit'
import type { ApiKey } from '#contract/api-keys'
import type { Tx } from '#db/tx'
import { newUuid, uuidOf } from '#values/ids'

/** A key just made, with what is shown this once. */
export interface IssuedKey extends ApiKey {
  readonly secret: string
}

/** What a key is to be. */
export type WantedKey = Pick<NewKey, 'name' | 'scopes' | 'metadata' | 'expiresAt' | 'at'>

/** Whether a key was revoked or has reached its end. */
export function hasEnded({ revoked_at, expires_at }: ApiKey, now: Date): boolean {
  return revoked_at !== null || (expires_at !== null && new Date(expires_at) <= now)
}

const resourceOf = ({ id }: ApiKey) => ({ prefix: 'key' as const, uuid: uuidOf('key', id) })

function outlineOf({ mode, scopes, hint, expires_at }: ApiKey) {
  return { mode, scopes, hint, expires_at }
}

async function makeKey(tx: Tx, owner: KeyOwner, wanted: WantedKey): Promise<IssuedKey> {
  const secret = makeApiKey(owner.mode)
  const scopes = [...new Set(wanted.scopes)]
  const key = await insertKey(tx, owner, { ...wanted, scopes, uuid: newUuid(), secret })
  return { ...key, secret }
}

/** Makes a key, and writes down who did. */
export async function issueKey(tx: Tx, actor: Actor, owner: KeyOwner, wanted: WantedKey): Promise<IssuedKey> {
  const key = await makeKey(tx, owner, wanted)
  const entry = { action: 'api_keys.created', resource: resourceOf(key), data: outlineOf(key), at: wanted.at }
  appendAudit(tx, actor, entry)
  return key
}

/** Ends a key for good. Null when there is no such key; `revokedNow` is false when it was revoked before. */
export async function revokeKey(
  tx: Tx,
  actor: Actor,
  scope: KeyScope,
  { uuid, at }: { readonly uuid: string; readonly at: Date },
): Promise<{ key: ApiKey; revokedNow: boolean } | null> {
  const revoked = await revokeKeyRow(tx, scope, uuid, at)
  if (!revoked) {
    const key = await findKey(tx, scope, uuid)
    return key && { key, revokedNow: false }
  }
  const entry = {
    action: 'api_keys.revoked',
    resource: resourceOf(revoked),
    data: { hint: revoked.hint },
    at,
  }
  appendAudit(tx, actor, entry)
  return { key: revoked, revokedNow: true }
}

/** How a key is replaced. */
export interface Replacement {
  readonly uuid: string
  /** Throws when the key, as it is while nobody else can change it, is not to be replaced. */
  readonly check: (key: ApiKey) => void
  /** When the old key ends: at once when it is not later than `at`. */
  readonly oldEndsAt: Date
  readonly at: Date
}

/** Makes a key that is and may what another is and may, and ends that one. Null when there is no such key. */
export async function replaceKey(
  tx: Tx,
  actor: Actor,
  scope: KeyScope,
  { uuid, check, oldEndsAt, at }: Replacement,
): Promise<IssuedKey | null> {
  const old = await lockKey(tx, scope, uuid)
  if (!old) return null
  check(old)
  const { name, scopes, metadata, mode, expires_at } = old
  const expiresAt = expires_at === null ? null : new Date(expires_at)
  const owner = { accountId: scope.accountId, mode }
  const key = await makeKey(tx, owner, { name, scopes, metadata, expiresAt, at })
  if (oldEndsAt > at) endKeyAt(tx, scope, uuid, oldEndsAt)
  else await revokeKeyRow(tx, scope, uuid, at)
  const data = { ...outlineOf(key), new_key_id: key.id, old_key_ends_at: oldEndsAt.toISOString() }
  appendAudit(tx, actor, { action: 'api_keys.rotated', resource: resourceOf(old), data, at })
  return key
}
