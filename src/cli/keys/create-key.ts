import { issueKey } from '#accounts/keys'
import { openInstallation } from '#cli/installation'
import { type OwnerOption, operatorOf, ownerOf } from '#cli/keys/owner'
import { demandKnownScopes } from '#cli/keys/scopes'
import { paint, plain, print, printJson } from '#cli/terminal'
import { configOfProcess } from '#config'

export interface CreateKeyOptions extends OwnerOption {
  readonly scope: readonly string[]
  readonly expires?: Date
  readonly json?: true
}

/** Makes a key of the installation's own account, or of another, and shows its secret, this once. */
export async function runCreateKey(name: string, options: CreateKeyOptions): Promise<void> {
  await demandKnownScopes(options.scope)
  await using installation = await openInstallation(configOfProcess())
  const owner = await ownerOf(installation, options)
  const expiresAt = options.expires ?? null
  const wanted = { name, scopes: options.scope, metadata: {}, expiresAt, at: new Date() }
  const key = await installation.database.transaction(tx => issueKey(tx, operatorOf(owner), owner, wanted))
  if (options.json) return printJson(key)
  print(`${key.id}  ${plain(key.name)}  ${key.mode}  ${key.scopes.join(' ')}`)
  print(`expires ${key.expires_at ?? 'never'}`)
  print(`\nThe key, shown only this once:\n  ${paint('bold', key.secret)}`)
}
