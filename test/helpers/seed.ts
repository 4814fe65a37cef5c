import { hashApiKey, hintOf, makeApiKey } from '#accounts/api-key'
import type { Mode } from '#contract/vocabulary'
import type { TestGateway } from '#test/gateway'
import { idFromUuid, newUuid } from '#values/ids'

export interface SeededKey {
  readonly accountId: string
  readonly keyId: `key_${string}`
  readonly key: string
}

/** A further key, of an account of its own unless one is named. */
export async function seedKey(
  { services }: Pick<TestGateway, 'services'>,
  given: { scopes?: readonly string[]; mode?: Mode; accountId?: string; expiresAt?: Date } = {},
): Promise<SeededKey> {
  const { scopes = ['admin'], mode = 'test', accountId = newUuid(), expiresAt = null } = given
  const key = makeApiKey(mode)
  const uuid = newUuid()
  const now = services.now()
  const { sql } = services.database
  await sql.query(
    "INSERT INTO accounts (id, name, created_at) VALUES ($1, 'Seeded', $2) ON CONFLICT (id) DO NOTHING",
    [accountId, now],
  )
  await sql.query(
    `INSERT INTO api_keys (id, account_id, mode, name, scopes, hash, hint, source, created_at, expires_at)
     VALUES ($1, $2, $3, 'Seeded', $4, $5, $6, 'api', $7, $8)`,
    [uuid, accountId, mode, scopes, hashApiKey(key), hintOf(key), now, expiresAt],
  )
  return { accountId, keyId: idFromUuid('key', uuid), key }
}
