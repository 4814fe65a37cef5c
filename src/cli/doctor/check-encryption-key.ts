import { findBootstrapAccount } from '#accounts/store'
import { checkVaultFit } from '#accounts/vault-check'
import { failed, type Finding, note, ok } from '#cli/doctor/finding'
import { type Config, ConfigError } from '#config'
import { foundEncryptionKey } from '#db/secret-files'
import type { Sql } from '#db/tx'
import { createVault } from '#db/vault'

const CHECK = 'encryption key'
const ADVICE = 'Set BILLBRIDGE_ENCRYPTION_KEY to the key that this database was written with.'

function keysOf({ encryptionKeys, dataDirectory }: Config): readonly Buffer[] {
  if (encryptionKeys !== null) return encryptionKeys
  const found = foundEncryptionKey(dataDirectory)
  return found === null ? [] : [found]
}

async function accountIn(sql: Sql): ReturnType<typeof findBootstrapAccount> {
  const { rows } = await sql.query<{ found: boolean }>(`SELECT to_regclass('accounts') IS NOT NULL AS found`)
  return rows[0]?.found ? findBootstrapAccount(sql) : null
}

/** Whether the configured key opens what the database holds. Makes no key. */
export async function checkEncryptionKey(config: Config, sql: Sql): Promise<Finding> {
  const account = await accountIn(sql)
  let keys: readonly Buffer[]
  try {
    keys = keysOf(config)
  } catch (err) {
    if (err instanceof ConfigError) return failed(CHECK, err.message, ADVICE)
    throw err
  }
  if (keys.length === 0)
    return account?.vault_check
      ? failed(CHECK, `there is none in ${config.dataDirectory}, but the database is encrypted`, ADVICE)
      : note(CHECK, 'made at the first start')
  switch (account ? checkVaultFit(createVault([...keys]), account) : 'unused') {
    case 'unused':
      return ok(CHECK, 'there, and nothing is encrypted yet')
    case 'fits':
      return ok(CHECK, 'opens what the database holds')
    case 'fits_later_key':
      return note(CHECK, 'opens what the database holds, which is sealed anew with the first key in time')
    case 'foreign':
      return failed(CHECK, 'is not one that this database was written with', ADVICE)
  }
}
