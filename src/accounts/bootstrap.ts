import { z } from 'zod'
import { hashApiKey, hintOf, makeApiKey } from '#accounts/api-key'
import { ConfigError } from '#config'
import type { Mode } from '#contract/common'
import type { Tx } from '#db/tx'
import type { Vault } from '#db/vault'
import { newUuid } from '#values/ids'

const SCOPES = ['admin', 'platform']
const CHECK_TEXT = 'billbridge'
const LOCK = 'SELECT pg_advisory_xact_lock(7270736901)'

const AccountRow = z.object({ id: z.string(), vault_check: z.instanceof(Uint8Array).nullable() })

const ENSURE_ACCOUNT = `
  INSERT INTO accounts (id, name, bootstrap, created_at) VALUES ($1, 'Bootstrap account', 'bootstrap', $2)
  ON CONFLICT (bootstrap) DO UPDATE SET bootstrap = excluded.bootstrap
  RETURNING id, vault_check`

const ENSURE_KEY = `
  INSERT INTO api_keys (id, account_id, mode, name, scopes, hash, hint, source, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (hash) DO UPDATE SET revoked_at = NULL, scopes = excluded.scopes`

const REVOKE_OTHERS = `
  UPDATE api_keys SET revoked_at = $3
  WHERE account_id = $1 AND source IN ('environment', 'made') AND hash <> $2 AND revoked_at IS NULL`

const FIND_MADE = `
  SELECT 1 FROM api_keys WHERE account_id = $1 AND mode = $2 AND source = 'made' AND revoked_at IS NULL`

export interface Bootstrap {
  readonly accountId: string
  /** The key that was made just now, to be shown once; null when there was one already. */
  readonly madeKey: string | null
}

async function checkVault(tx: Tx, account: z.output<typeof AccountRow>, vault: Vault): Promise<void> {
  const context = `accounts/${account.id}/vault_check`
  if (account.vault_check === null) {
    await tx.query('UPDATE accounts SET vault_check = $2 WHERE id = $1', [
      account.id,
      vault.seal(CHECK_TEXT, context),
    ])
    return
  }
  try {
    vault.open(account.vault_check, context)
  } catch {
    throw new ConfigError(['BILLBRIDGE_ENCRYPTION_KEY is not a key that this database was written with'])
  }
}

async function ensureKey(
  tx: Tx,
  accountId: string,
  mode: Mode,
  given: string | null,
  now: Date,
): Promise<string | null> {
  if (given === null && (await tx.query(FIND_MADE, [accountId, mode])).rowCount > 0) return null
  const key = given ?? makeApiKey(mode)
  const source = given === null ? 'made' : 'environment'
  const id = newUuid()
  await tx.query(ENSURE_KEY, [
    id,
    accountId,
    mode,
    'Bootstrap key',
    SCOPES,
    hashApiKey(key),
    hintOf(key),
    source,
    now,
  ])
  if (given !== null) await tx.query(REVOKE_OTHERS, [accountId, hashApiKey(key), now])
  return given === null ? key : null
}

/**
 * The account that the environment's key and connections belong to, and its key: the given one, or one that is made at
 * the first start. Safe in several processes at once. Throws ConfigError when the vault cannot read this database.
 */
export async function ensureBootstrap(
  tx: Tx,
  { mode, apiKey, vault, now }: { mode: Mode; apiKey: string | null; vault: Vault; now: Date },
): Promise<Bootstrap> {
  await tx.query(LOCK)
  const made = await tx.query(ENSURE_ACCOUNT, [newUuid(), now])
  const account = AccountRow.parse(made.rows[0])
  await checkVault(tx, account, vault)
  return { accountId: account.id, madeKey: await ensureKey(tx, account.id, mode, apiKey, now) }
}
