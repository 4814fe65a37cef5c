import { listKeys } from '#accounts/store'
import { openInstallation } from '#cli/installation'
import { type ShownKey, toShownKey } from '#cli/keys/shown-key'
import { type Cell, print, printJson, printTable } from '#cli/terminal'
import { configOfProcess } from '#config'

const COLUMNS = ['id', 'name', 'hint', 'scopes', 'created', 'expires', 'last used', 'revoked']

/** To the minute, in UTC. */
function minuteOf(instant: string | null): string {
  return instant === null ? '-' : `${instant.slice(0, 10)} ${instant.slice(11, 16)}`
}

function rowOf(key: ShownKey, now: Date): Cell[] {
  const isOver = key.revoked_at !== null || (key.expires_at !== null && new Date(key.expires_at) <= now)
  const instants = [key.created_at, key.expires_at, key.last_used_at, key.revoked_at].map(minuteOf)
  const texts = [key.id, key.name, key.hint, key.scopes.join(' '), ...instants]
  return texts.map(text => (isOver ? { text, style: 'dim' } : { text }))
}

/** All keys of the installation's own account in its mode, newest first. */
export async function runListKeys({ json }: { json?: true }): Promise<void> {
  await using installation = await openInstallation(configOfProcess())
  const { database, owner } = installation
  const kept = await listKeys(database.sql, owner)
  const keys = kept.map(key => toShownKey(key, owner))
  if (json) return printJson({ object: 'list', data: keys })
  if (keys.length === 0) return print(`There is no key of mode ${owner.mode}.`)
  const now = new Date()
  printTable(
    COLUMNS.map(title => ({ title })),
    keys.map(key => rowOf(key, now)),
  )
  print('\nTimes are UTC.')
}
