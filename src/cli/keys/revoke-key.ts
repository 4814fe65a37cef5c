import { type KeptKey, revokeKey } from '#accounts/store'
import { appendAudit } from '#audit/append-audit'
import { CommandFailure } from '#cli/command-failure'
import { openInstallation } from '#cli/installation'
import { toShownKey } from '#cli/keys/shown-key'
import { print, printJson } from '#cli/terminal'
import { configOfProcess } from '#config'
import { uuidOf } from '#values/ids'

const AFTERWARDS: Readonly<Record<string, string>> = {
  environment: 'BILLBRIDGE_API_KEY makes it valid again at the next start: change that too.',
  made: 'The next start makes a new bootstrap key and shows it.',
}

function explain({ source }: KeptKey, revokedNow: boolean): readonly string[] {
  if (!revokedNow) return []
  return ['A running service takes it for five more seconds at most.', AFTERWARDS[source] ?? ''].filter(
    Boolean,
  )
}

/** Ends a key for good; doing so again changes nothing. */
export async function runRevokeKey(id: string, { json }: { json?: true }): Promise<void> {
  await using installation = await openInstallation(configOfProcess())
  const { database, owner } = installation
  const uuid = uuidOf('key', id)
  const now = new Date()
  const found = await database.transaction(async tx => {
    const revoked = await revokeKey(tx, owner, uuid, now)
    if (!revoked?.revokedNow) return revoked
    const actor = { caller: { ...owner, keyId: null }, requestId: null }
    const resource = { prefix: 'key' as const, uuid }
    const data = { hint: revoked.key.hint }
    appendAudit(tx, actor, { action: 'api_keys.revoked', resource, data, at: now })
    return revoked
  })
  if (!found) throw new CommandFailure(`There is no key ${id} of mode ${owner.mode}: see keys list.`)
  const { key, revokedNow } = found
  if (json) return printJson(toShownKey(key, owner))
  const when = key.revoked_at?.toISOString() ?? ''
  print(revokedNow ? `${id} is revoked.` : `${id} was revoked already, at ${when}.`)
  for (const line of explain(key, revokedNow)) print(line)
}
