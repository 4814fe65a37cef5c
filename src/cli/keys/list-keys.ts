import { hasEnded } from '#accounts/keys'
import { listKeys } from '#accounts/key-store'
import { openInstallation } from '#cli/installation'
import { type OwnerOption, ownerOf } from '#cli/keys/owner'
import { type Cell, print, printJson, printTable } from '#cli/terminal'
import { configOfProcess } from '#config'
import type { ApiKey } from '#contract/api-keys'

const COLUMNS = ['id', 'name', 'hint', 'scopes', 'created', 'expires', 'last used', 'revoked']

/** To the minute, in UTC. */
function minuteOf(instant: string | null): string {
  return instant === null ? '-' : `${instant.slice(0, 10)} ${instant.slice(11, 16)}`
}

function rowOf(key: ApiKey, now: Date): Cell[] {
  const instants = [key.created_at, key.expires_at, key.last_used_at, key.revoked_at].map(minuteOf)
  const texts = [key.id, key.name, key.hint, key.scopes.join(' '), ...instants]
  return texts.map(text => (hasEnded(key, now) ? { text, style: 'dim' } : { text }))
}

export interface ListKeysOptions extends OwnerOption {
  readonly json?: true
}

/** All keys of an account in the mode of the installation, newest first. */
export async function runListKeys({ json, ...option }: ListKeysOptions): Promise<void> {
  await using installation = await openInstallation(configOfProcess())
  const owner = await ownerOf(installation, option)
  const keys = await listKeys(installation.database.sql, owner)
  if (json) return printJson({ object: 'list', data: keys })
  if (keys.length === 0) return print(`There is no key of mode ${owner.mode}.`)
  const now = new Date()
  printTable(
    COLUMNS.map(title => ({ title })),
    keys.map(key => rowOf(key, now)),
  )
  print('\nTimes are UTC.')
}
