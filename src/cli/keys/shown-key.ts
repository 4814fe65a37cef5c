import type { KeptKey, KeyOwner } from '#accounts/store'
import type { Mode } from '#contract/vocabulary'
import { idFromUuid } from '#values/ids'

/** A key as the command line shows it; the secret is in none of it. */
export interface ShownKey {
  readonly id: string
  readonly object: 'api_key'
  readonly mode: Mode
  readonly name: string
  readonly scopes: readonly string[]
  readonly hint: string
  /** `environment` and `made` are bootstrap keys, `api` all others. */
  readonly source: string
  readonly created_at: string
  readonly expires_at: string | null
  readonly last_used_at: string | null
  readonly revoked_at: string | null
}

export function toShownKey(key: KeptKey, { mode }: KeyOwner): ShownKey {
  const { id, name, scopes, hint, source, created_at, expires_at, last_used_at, revoked_at } = key
  return {
    id: idFromUuid('key', id),
    object: 'api_key',
    mode,
    name,
    scopes,
    hint,
    source,
    created_at: created_at.toISOString(),
    expires_at: expires_at?.toISOString() ?? null,
    last_used_at: last_used_at?.toISOString() ?? null,
    revoked_at: revoked_at?.toISOString() ?? null,
  }
}
