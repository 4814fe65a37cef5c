import { appendAudit } from '#audit/append-audit'
import { fingerprintOf } from '#connections/fingerprint'
import { tellOfConnections } from '#connections/own-connections'
import { type Credentials, sealCredentials } from '#connections/sealed-credentials'
import { StoredSettings } from '#connections/settings'
import { type Connection, type ConnectionChanges, credentialsOf } from '#contract/connections'
import type { Call } from '#http/caller'
import { invalid, notFound, ProblemError } from '#http/problem-error'
import { sealedProviders } from '#providers/registry'
import { checkedBaseUrl } from '#resources/connections/checked-base-url'
import { learnAtOnce } from '#resources/connections/learn-at-once'
import { isThere } from '#resources/connections/read-connections'
import {
  type ConnectionRow,
  lockConnection,
  toConnection,
  writeConnection,
} from '#resources/connections/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** What the service brings along is changed where it comes from. Throws `state_conflict`. */
export function demandEntered({ source }: ConnectionRow): void {
  if (source === 'account') return
  const origin = source === 'environment' ? 'the environment of the service' : 'a simulator'
  throw new ProblemError('state_conflict', `This connection comes from ${origin}; it cannot be changed here.`)
}

function credentialsFor({ provider }: ConnectionRow, { credentials }: ConnectionChanges): Credentials | null {
  if (!credentials) return null
  const schema = credentialsOf[provider]
  if (schema.safeParse(credentials).success) return credentials
  const message = `must be ${Object.keys(schema.shape).join(' and ')} for ${sealedProviders[provider].name}`
  throw invalid({ pointer: '/credentials', code: 'other_provider', message })
}

function settingsFor({ provider, settings }: ConnectionRow, changes: ConnectionChanges): StoredSettings {
  if (!changes.settings) return settings
  if (provider === 'mybeezbox') return StoredSettings.parse(changes.settings)
  const message = `${sealedProviders[provider].name} has none`
  throw invalid({ pointer: '/settings', code: 'not_allowed', message })
}

/** Kept credentials are never sent to another address than they were entered for: that would show them. */
function demandCredentials(): never {
  const message = 'is required with another base_url: what is kept is not sent there'
  throw invalid({ pointer: '/credentials', code: 'required', message })
}

/** The row as it is to be, with what is to be sealed. Throws `validation_failed`. */
function changed(
  { config, vault, now }: Services,
  row: ConnectionRow,
  changes: ConnectionChanges,
): { wanted: ConnectionRow; credentials: Credentials | null } {
  const { provider } = row
  const credentials = credentialsFor(row, changes)
  const baseUrl = changes.base_url ? checkedBaseUrl(changes.base_url, row, config) : row.base_url
  if (baseUrl !== row.base_url && !credentials) demandCredentials()
  const fingerprint = credentials ? fingerprintOf(vault, { provider, baseUrl, credentials }) : row.fingerprint
  const wanted = {
    ...row,
    name: changes.name ?? row.name,
    base_url: baseUrl,
    fingerprint,
    settings: settingsFor(row, changes),
    metadata: changes.metadata ?? row.metadata,
    verified_at: fingerprint === row.fingerprint ? row.verified_at : null,
    updated_at: now(),
  }
  return { wanted, credentials }
}

/** Changes what is given. Throws `not_found`, `validation_failed`, and `state_conflict` for one that was not entered. */
export async function updateConnection(
  services: Services,
  call: Call,
  id: string,
  changes: ConnectionChanges,
): Promise<Connection> {
  const { database, vault } = services
  const uuid = uuidOf('connection', id)
  const written = await database.transaction(async tx => {
    const row = await lockConnection(tx, call.caller, uuid)
    if (!isThere(services, call, row)) throw notFound('connection')
    demandEntered(row)
    const { wanted, credentials } = changed(services, row, changes)
    const given = Object.entries(changes).filter(([, value]) => value !== null)
    const data = { provider: row.provider, changed: given.map(([field]) => field) }
    const resource = { prefix: 'connection' as const, uuid }
    appendAudit(tx, call, { action: 'connections.updated', resource, data, at: wanted.updated_at })
    tellOfConnections(tx)
    return writeConnection(tx, wanted, credentials && sealCredentials(vault, uuid, credentials))
  })
  await learnAtOnce(services)
  return toConnection(written)
}
