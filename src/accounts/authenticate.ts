import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { hashApiKey, looksLikeApiKey } from '#accounts/api-key'
import { Mode } from '#contract/vocabulary'
import type { Sql } from '#db/tx'
import type { Caller } from '#http/caller'

/** How long a revoked key may still be taken by a process that has just seen it. */
const CACHE_MS = 5_000
const CACHE_MAX = 10_000

const KeyRow = z.object({
  id: z.string(),
  account_id: z.string(),
  mode: Mode,
  scopes: z.array(z.string()),
  hash: z.instanceof(Uint8Array),
  expires_at: z.date().nullable(),
  revoked_at: z.date().nullable(),
})

// Use is written down to the minute, so that a busy key costs no write per look-up.
const FIND = `
  WITH used AS (
    UPDATE api_keys SET last_used_at = $2
    WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
      AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute'))
  SELECT id, account_id, mode, scopes, hash, expires_at, revoked_at FROM api_keys WHERE hash = $1`

export interface Authenticator {
  /** The caller behind a bearer key, or null when the key is unknown, expired or revoked. */
  authenticate(key: string): Promise<Caller | null>
  /** Looks every key up again: one was revoked by this process, and is to be refused by it at once. */
  forget(): void
}

export function createAuthenticator({ sql, now }: { sql: Sql; now: () => Date }): Authenticator {
  const cache = new Map<string, { caller: Caller; until: number; expiresAt: number }>()
  let forgotten = 0

  async function load(hash: Buffer): Promise<{ caller: Caller; expiresAt: number } | null> {
    const { rows } = await sql.query(FIND, [hash, now()])
    if (rows.length === 0) return null
    const row = KeyRow.parse(rows[0])
    if (row.revoked_at || !timingSafeEqual(row.hash, hash)) return null
    const caller = { accountId: row.account_id, mode: row.mode, keyId: row.id, scopes: row.scopes }
    return { caller, expiresAt: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY }
  }

  return {
    async authenticate(key) {
      if (!looksLikeApiKey(key)) return null
      const hash = hashApiKey(key)
      const name = hash.toString('base64')
      const time = now().getTime()
      const cached = cache.get(name)
      if (cached && cached.until > time && cached.expiresAt > time) return cached.caller
      cache.delete(name)
      const before = forgotten
      const loaded = await load(hash)
      if (!loaded || loaded.expiresAt <= time) return null
      // What was read before a key was revoked may be that key.
      if (forgotten !== before) return loaded.caller
      if (cache.size >= CACHE_MAX) cache.clear()
      cache.set(name, { ...loaded, until: time + CACHE_MS })
      return loaded.caller
    },
    forget: () => {
      forgotten += 1
      cache.clear()
    },
  }
}
