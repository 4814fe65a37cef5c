import { revokeKey } from '#accounts/keys'
import { CommandFailure } from '#cli/command-failure'
import { openInstallation } from '#cli/installation'
import { type OwnerOption, operatorOf, ownerOf } from '#cli/keys/owner'
import { print, printJson } from '#cli/terminal'
import { configOfProcess } from '#config'
import type { ApiKey } from '#contract/api-keys'
import { uuidOf } from '#values/ids'

const AFTERWARDS: Readonly<Record<string, string>> = {
  environment: 'BILLBRIDGE_API_KEY makes it valid again at the next start: change that too.',
  made: 'The next start makes a new bootstrap key and shows it.',
}

function explain({ source }: ApiKey, revokedNow: boolean): readonly string[] {
  if (!revokedNow) return []
  return ['A running service takes it for five more seconds at most.', AFTERWARDS[source] ?? ''].filter(
    Boolean,
  )
}

export interface RevokeKeyOptions extends OwnerOption {
  readonly json?: true
}

/** Ends a key for good; doing so again changes nothing. */
export async function runRevokeKey(id: string, { json, ...option }: RevokeKeyOptions): Promise<void> {
  await using installation = await openInstallation(configOfProcess())
  const owner = await ownerOf(installation, option)
  const scope = { accountId: owner.accountId, modes: [owner.mode] }
  const which = { uuid: uuidOf('key', id), at: new Date() }
  const found = await installation.database.transaction(tx => revokeKey(tx, operatorOf(owner), scope, which))
  if (!found) throw new CommandFailure(`There is no key ${id} of mode ${owner.mode}: see keys list.`)
  const { key, revokedNow } = found
  if (json) return printJson(key)
  print(revokedNow ? `${id} is revoked.` : `${id} was revoked already, at ${key.revoked_at ?? ''}.`)
  for (const line of explain(key, revokedNow)) print(line)
}
