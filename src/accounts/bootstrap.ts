import { z } from 'zod'
import { hashApiKey, hintOf, makeApiKey } from '#accounts/api-key'
import { checkVaultFit, sealVaultCheck } from '#accounts/vault-check'
import { ConfigError } from '#config'
import type { Mode } from '#contract/vocabulary'
import type { Tx } from '#db/tx'
import type { Vault } from '#db/vault'
import { newUuid } from '#values/ids'

const SCOPES = ['admin', 'platform']
const LOCK = 'SELECT pg_advisory_xact_lock(7270736901)'

const AccountRow = z.object({ id: z.string(), vault_check: z.instanceof(Uint8Array).nullable() })

const ENSURE_ACCOUNT = `
  INSERT INTO accounts (id, name, bootstrap, created_at) VALUES ($1, 'Bootstrap account', 'bootstrap', $2)
  ON CONFLICT (bootstrap) DO UPDATE SET bootstrap = excluded.bootstrap
  RETURNING id, vault_check`

const ENSURE_KEY = `
  INSERT INTO api_keys (id, account_id, mode, name, scopes, hash, hint, source, created_at)
  VALUES ($1, $2, $3, 'Bootstrap key', $4, $5, $6, $7, $8)
  ON CONFLICT (hash) DO UPDATE
  SET revoked_at = NULL, expires_at = NULL, scopes = excluded.scopes, source = excluded.source
  WHERE api_keys.account_id = excluded.account_id`

// Of this mode only: a process of the other mode may run on the same database.
const REVOKE_OTHERS = `
  UPDATE api_keys SET revoked_at = $4
  WHERE account_id = $1 AND mode = $2 AND source IN ('environment', 'made') AND hash <> $3 AND revoked_at IS NULL`

const FIND_MADE = `
  SELECT 1 FROM api_keys WHERE account_id = $1 AND mode = $2 AND source = 'made' AND revoked_at IS NULL`

export interface Bootstrap {
  readonly accountId: string
  /** The key that was made just now, to be shown once; null when there was one already. */
  readonly madeKey: string | null
}

async function checkVault(tx: Tx, account: z.output<typeof AccountRow>, vault: Vault): Promise<void> {
  const fit = checkVaultFit(vault, account)
  if (fit === 'foreign')
    throw new ConfigError(['BILLBRIDGE_ENCRYPTION_KEY is not a key that this database was written with'])
  if (fit === 'fits') return
  const sealed = sealVaultCheck(vault, account.id)
  await tx.query('UPDATE accounts SET vault_check = $2 WHERE id = $1', [account.id, sealed])
}

async function storeKey(
  tx: Tx,
  { accountId, mode, now }: { accountId: string; mode: Mode; now: Date },
  key: string,
  source: 'environment' | 'made',
): Promise<void> {
  const hash = hashApiKey(key)
  const values = [newUuid(), accountId, mode, SCOPES, hash, hintOf(key), source, now]
  const { rowCount } = await tx.query(ENSURE_KEY, values)
  if (rowCount === 0) throw new ConfigError(['BILLBRIDGE_API_KEY is the key of another account'])
  await tx.query(REVOKE_OTHERS, [accountId, mode, hash, now])
}

/** Returns the key when it was made just now. */
async function ensureKey(
  tx: Tx,
  owner: { accountId: string; mode: Mode; now: Date },
  given: string | null,
): Promise<string | null> {
  if (given !== null) {
    await storeKey(tx, owner, given, 'environment')
    return null
  }
  if ((await tx.query(FIND_MADE, [owner.accountId, owner.mode])).rowCount > 0) return null
  const made = makeApiKey(owner.mode)
  await storeKey(tx, owner, made, 'made')
  return made
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
  const owner = { accountId: account.id, mode, now }
  return { accountId: account.id, madeKey: await ensureKey(tx, owner, apiKey) }
}
