import type { Logger } from 'pino'
import { z } from 'zod'
import { fingerprintOf } from '#connections/fingerprint'
import { openCredentials } from '#connections/sealed-credentials'
import { Mode, ProviderId } from '#contract/vocabulary'
import type { Sql, Tx } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Connection } from '#providers/call-context'

/** Whose connections: an account's in one mode. */
export interface Whose {
  readonly accountId: string
  readonly mode: Mode
}

/** The connections that accounts have entered themselves, as this process knows them. */
export interface OwnConnections {
  of(whose: Whose): ReadonlyMap<ProviderId, Connection>
  /** Reads them anew. What another reading that began later has found is not replaced. */
  reload(): Promise<void>
}

const Row = z.object({
  id: z.string(),
  account_id: z.string(),
  mode: Mode,
  provider: ProviderId,
  base_url: z.string(),
  credentials: z.instanceof(Uint8Array),
  fingerprint: z.string(),
})
type Row = z.output<typeof Row>

const LOAD = `
  SELECT ${Object.keys(Row.shape).join(', ')} FROM connections
  WHERE source = 'account' AND deleted_at IS NULL AND credentials IS NOT NULL ORDER BY id`

/** Where processes are told, by a notification, that what they know of connections is old. */
export const CONNECTIONS_CHANNEL = 'billbridge_connections'

/** To be called in every commit that changes a connection of an account. */
export function tellOfConnections(tx: Tx): void {
  tx.write('SELECT pg_notify($1, $2)', [CONNECTIONS_CHANNEL, ''])
}

const keyOf = ({ accountId, mode }: Whose) => `${accountId}/${mode}`
const NONE: ReadonlyMap<ProviderId, Connection> = new Map()

export interface OwnConnectionsDeps {
  readonly sql: Sql
  readonly vault: Vault
  readonly logger: Logger
}

export function createOwnConnections({ sql, vault, logger }: OwnConnectionsDeps): OwnConnections {
  let known: ReadonlyMap<string, ReadonlyMap<ProviderId, Connection>> = new Map()
  let begun = 0
  let shown = 0

  /** One whose credentials cannot be read stays: what is lent must not be used in its place. */
  function toConnection({ id, mode, provider, base_url: baseUrl, fingerprint, ...row }: Row): Connection {
    const credentials = openCredentials(vault, id, row.credentials)
    if (credentials === null)
      logger.error({ connection: id, provider }, 'the credentials of a connection cannot be read')
    return { id, provider, mode, baseUrl, credentials, fingerprint, source: 'account' }
  }

  async function reload(): Promise<void> {
    begun += 1
    const mine = begun
    const rows = z.array(Row).parse((await sql.query(LOAD)).rows)
    const found = new Map<string, Map<ProviderId, Connection>>()
    for (const row of rows) {
      const key = keyOf({ accountId: row.account_id, mode: row.mode })
      found.set(key, (found.get(key) ?? new Map()).set(row.provider, toConnection(row)))
    }
    if (mine < shown) return
    shown = mine
    known = found
  }

  return { of: whose => known.get(keyOf(whose)) ?? NONE, reload }
}

/** Nobody has entered any, and nobody will. */
export const NO_OWN_CONNECTIONS: OwnConnections = { of: () => NONE, reload: async () => undefined }

/**
 * Hashes credentials anew that were hashed with another first key, as those of the environment are at every start: else
 * equal ones would not share an allowance any more.
 */
export async function renewFingerprints(tx: Tx, vault: Vault): Promise<void> {
  for (const row of z.array(Row).parse((await tx.query(LOAD)).rows)) {
    const credentials = openCredentials(vault, row.id, row.credentials)
    if (credentials === null) continue
    const fingerprint = fingerprintOf(vault, { provider: row.provider, baseUrl: row.base_url, credentials })
    if (fingerprint === row.fingerprint) continue
    const renew = 'UPDATE connections SET fingerprint = $3 WHERE id = $1 AND fingerprint = $2'
    tx.write(renew, [row.id, row.fingerprint, fingerprint])
    tellOfConnections(tx)
  }
}
