import { z } from 'zod'
import type { GivenConnection } from '#connections/connections'
import type { Mode } from '#contract/vocabulary'
import type { Sql, Tx } from '#db/tx'
import type { Connection } from '#providers/call-context'
import { newUuid } from '#values/ids'

const Row = z.object({ id: z.string() })
const FoundRow = z.object({ id: z.string(), fingerprint: z.string() })

const ENSURE = `
  INSERT INTO connections (id, account_id, mode, provider, source, name, base_url, fingerprint, active_key, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
  ON CONFLICT (active_key) DO UPDATE SET base_url = excluded.base_url, fingerprint = excluded.fingerprint,
    updated_at = excluded.updated_at,
    verified_at = CASE WHEN connections.fingerprint = excluded.fingerprint THEN connections.verified_at END
  RETURNING id`

const FIND = 'SELECT id, fingerprint FROM connections WHERE active_key = $1'

interface Owned {
  readonly accountId: string
  readonly mode: Mode
  readonly given: GivenConnection
}

function activeKeyOf({ accountId, mode, given: { provider, source } }: Owned): string {
  return [accountId, mode, provider, source].join('/')
}

const IS_OWN = 'SELECT 1 FROM connections WHERE id = $1 AND account_id = $2'

/** Whether a connection, there or not any more, is the account's and not lent to it: it may see all that is there. */
export async function isOwnConnection(
  sql: Sql,
  { accountId }: { readonly accountId: string },
  connectionId: string,
): Promise<boolean> {
  return (await sql.query(IS_OWN, [connectionId, accountId])).rows.length === 1
}

/** A connection that the process brings along, as the service made its row; null when it never did. Writes nothing. */
export async function findGivenConnection(sql: Sql, owned: Owned): Promise<Connection | null> {
  const { rows } = await sql.query(FIND, [activeKeyOf(owned)])
  return rows.length === 0 ? null : { ...owned.given, mode: owned.mode, ...FoundRow.parse(rows[0]) }
}

/**
 * The row of a connection that the process brings along, made on first sight. It keeps its id when address or
 * credentials change, so that what is mapped through it stays mapped.
 */
export async function ensureGivenConnection(
  tx: Tx,
  { accountId, mode, given, fingerprint, now }: Owned & { readonly fingerprint: string; readonly now: Date },
): Promise<Connection> {
  const { provider, source, baseUrl, credentials } = given
  const activeKey = activeKeyOf({ accountId, mode, given })
  const id = newUuid()
  const values = [id, accountId, mode, provider, source, source, baseUrl, fingerprint, activeKey, now]
  const { rows } = await tx.query(ENSURE, values)
  return { id: Row.parse(rows[0]).id, provider, mode, baseUrl, credentials, fingerprint, source }
}
