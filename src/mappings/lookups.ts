import { z } from 'zod'
import type { Sql } from '#db/tx'

/** Objects of one kind that are known through one connection. */
export interface KnownThrough {
  readonly accountId: string
  readonly connectionId: string
  /** The provider's kind of object, in our words. */
  readonly providerResource: string
}

const Row = z.object({ resource_id: z.string(), provider_id: z.string() })

const OURS = `
  SELECT resource_id, provider_id FROM mappings
  WHERE account_id = $1 AND connection_id = $2 AND provider_resource = $3 AND provider_id = ANY($4::text[])`

/** Which objects of ours these of a provider are: UUIDs by the provider's id. */
export async function resourcesOf(
  sql: Sql,
  { accountId, connectionId, providerResource }: KnownThrough,
  providerIds: readonly string[],
): Promise<Map<string, string>> {
  if (providerIds.length === 0) return new Map()
  const { rows } = await sql.query(OURS, [accountId, connectionId, providerResource, providerIds])
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map(row => [row.provider_id, row.resource_id]),
  )
}

const THEIRS = `
  SELECT resource_id, provider_id FROM mappings
  WHERE account_id = $1 AND connection_id = $2 AND provider_resource = $3 AND resource_id = $4 ORDER BY id LIMIT 1`

/** The provider's id of an object of ours through this connection; null while it is not known there. */
export async function providerIdThrough(
  sql: Sql,
  { accountId, connectionId, providerResource }: KnownThrough,
  uuid: string,
): Promise<string | null> {
  const { rows } = await sql.query(THEIRS, [accountId, connectionId, providerResource, uuid])
  return rows.length === 0 ? null : Row.parse(rows[0]).provider_id
}
