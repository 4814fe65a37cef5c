import { makeApiKey } from '#accounts/api-key'
import { insertKey, type KeptKey, type NewKey } from '#accounts/store'
import { appendAudit } from '#audit/append-audit'
import { type Installation, openInstallation } from '#cli/installation'
import { demandKnownScopes } from '#cli/keys/scopes'
import { toShownKey } from '#cli/keys/shown-key'
import { paint, plain, print, printJson } from '#cli/terminal'
import { configOfProcess } from '#config'
import { newUuid } from '#values/ids'

export interface CreateKeyOptions {
  readonly scope: readonly string[]
  readonly expires?: Date
  readonly json?: true
}

function createKey(
  { database, owner }: Installation,
  wanted: Pick<NewKey, 'name' | 'scopes' | 'secret' | 'expiresAt'>,
): Promise<KeptKey> {
  const uuid = newUuid()
  const now = new Date()
  return database.transaction(async tx => {
    const key = await insertKey(tx, owner, { ...wanted, uuid, now })
    const { scopes, hint } = key
    const data = { scopes, hint, expires_at: key.expires_at?.toISOString() ?? null }
    const actor = { caller: { ...owner, keyId: null }, requestId: null }
    const resource = { prefix: 'key' as const, uuid }
    appendAudit(tx, actor, { action: 'api_keys.created', resource, data, at: now })
    return key
  })
}

/** Makes a key of the installation's own account and shows its secret, this once. */
export async function runCreateKey(name: string, options: CreateKeyOptions): Promise<void> {
  const scopes = [...new Set(options.scope)]
  await demandKnownScopes(scopes)
  await using installation = await openInstallation(configOfProcess())
  const secret = makeApiKey(installation.owner.mode)
  const wanted = { name, scopes, secret, expiresAt: options.expires ?? null }
  const key = toShownKey(await createKey(installation, wanted), installation.owner)
  if (options.json) return printJson({ ...key, secret })
  print(`${key.id}  ${plain(key.name)}  ${key.mode}  ${scopes.join(' ')}`)
  print(`expires ${key.expires_at ?? 'never'}`)
  print(`\nThe key, shown only this once:\n  ${paint('bold', secret)}`)
}
