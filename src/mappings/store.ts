import { z } from 'zod'
import { type Mode, ProviderId } from '#contract/vocabulary'
import type { Mapping } from '#contract/mappings'
import { newestFirst, newestOfResource, onTheWay } from '#db/newest-first'
import type { Sql, Tx } from '#db/tx'
import type { PageRequest } from '#http/list'
import { type IdPrefix, idFromUuid, idPrefixes, LAST_UUID, newUuid } from '#values/ids'

interface Scope {
  readonly accountId: string
  readonly mode: Mode
}

/** Which object of a provider an object of ours is. */
export interface NewMapping {
  readonly resource: { readonly prefix: IdPrefix; readonly uuid: string }
  readonly connectionId: string
  readonly provider: ProviderId
  /** The provider's kind of object, in our words: `order`, `lead`, `tenant`, `invite`, `property`, `tenancy`. */
  readonly providerResource: string
  readonly providerId: string
  readonly at: Date
}

// What is known at a provider is watched there, however it came to be known: see watches.ts. An order's payments come
// after it, for they are only asked for once it is active.
const INSERT = `
  WITH mapped AS (
    INSERT INTO mappings (id, account_id, mode, resource_prefix, resource_id, connection_id, provider, provider_resource,
      provider_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (account_id, connection_id, provider_resource, provider_id) DO NOTHING
    RETURNING account_id, mode, resource_id, connection_id, provider, provider_resource, created_at
  ), watched AS (
    INSERT INTO watches (id, account_id, mode, kind, resource_id, connection_id, provider, next_at, created_at)
    SELECT gen_random_uuid(), account_id, mode, kind, resource_id, connection_id, provider,
      created_at + wait * interval '1 minute', created_at
    FROM mapped JOIN (VALUES ('order', 'order', 0), ('order', 'payments', 1), ('lead', 'lead', 0), ('tenant', 'mandate', 0))
      AS wanted (provider_resource, kind, wait) USING (provider_resource)
    ON CONFLICT (account_id, resource_id, kind, connection_id) DO NOTHING
  )
  SELECT 1 FROM mapped`

function valuesOf(scope: Scope, mapping: NewMapping): unknown[] {
  const { resource, connectionId, provider, providerResource, providerId, at } = mapping
  const whose = [newUuid(), scope.accountId, scope.mode, resource.prefix, resource.uuid]
  return [...whose, connectionId, provider, providerResource, providerId, at]
}

/** An object of a provider is mapped once: one that is mapped already stays so, perhaps to another object of ours. */
export function insertMapping(tx: Tx, scope: Scope, mapping: NewMapping): void {
  tx.write(INSERT, valuesOf(scope, mapping))
}

/** The same; false when it was mapped already. */
export async function claimMapping(tx: Tx, scope: Scope, mapping: NewMapping): Promise<boolean> {
  return (await tx.query(INSERT, valuesOf(scope, mapping))).rowCount === 1
}

const IDS_OF = `
  SELECT resource_id, provider_id FROM mappings
  WHERE account_id = $1 AND resource_id = ANY($2::uuid[]) AND provider_resource = $3 ORDER BY id`

const IdRow = z.object({ resource_id: z.string(), provider_id: z.string() })

/** The provider's ids of resources of ours, by our UUID, in the order in which they were found out. */
export async function providerIdsOf(
  sql: Sql,
  accountId: string,
  uuids: readonly string[],
  providerResource: string,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  const { rows } = await sql.query(IDS_OF, [accountId, uuids, providerResource])
  for (const { resource_id, provider_id } of z.array(IdRow).parse(rows))
    found.set(resource_id, [...(found.get(resource_id) ?? []), provider_id])
  return found
}

/** The provider's id of one resource of ours; null while it is not known. */
export async function providerIdOf(
  sql: Sql,
  accountId: string,
  uuid: string,
  providerResource: string,
): Promise<string | null> {
  return (await providerIdsOf(sql, accountId, [uuid], providerResource)).get(uuid)?.[0] ?? null
}

const Row = z.object({
  id: z.string(),
  resource_prefix: z.enum(idPrefixes),
  resource_id: z.string(),
  provider: ProviderId,
  provider_resource: z.string(),
  provider_id: z.string(),
  created_at: z.date(),
})
const COLUMNS = Object.keys(Row.shape).join(', ')

export interface MappingFilter {
  readonly resourceUuid: string | null
  readonly provider: ProviderId | null
  readonly providerResource: string | null
  readonly providerId: string | null
}

/** The filters that have an index of their own, as far as they are given. */
function indexed({ resourceUuid, provider, providerResource, providerId }: MappingFilter) {
  if (resourceUuid !== null) return []
  if (providerId !== null) return [['provider_id', providerId] as const]
  if (provider === null) return []
  const ofProvider = ['provider', provider] as const
  return providerResource === null
    ? [ofProvider]
    : [ofProvider, ['provider_resource', providerResource] as const]
}

/** A page of mappings, newest first, with the key to go on from. */
export async function listMappings(
  sql: Sql,
  scope: Scope,
  filter: MappingFilter,
  page: PageRequest,
): Promise<{ key: string; mapping: Mapping }[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const along = indexed(filter)
  const after = page.after ?? LAST_UUID
  const { where, orderBy } =
    filter.resourceUuid === null
      ? newestFirst(scope, along, after, parameter)
      : newestOfResource(scope, filter.resourceUuid, after, parameter)
  const given = {
    provider: filter.provider,
    provider_resource: filter.providerResource,
    provider_id: filter.providerId,
  }
  const others = Object.entries(given)
    .filter(([column, value]) => value !== null && !along.some(([name]) => name === column))
    .map(([column, value]) => `${column} = ${parameter(value)}`)
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM mappings WHERE ${where} AND ${onTheWay(others)} ORDER BY ${orderBy} LIMIT ${parameter(page.limit + 1)}`,
    values,
  )
  return z
    .array(Row)
    .parse(rows)
    .map(row => ({
      key: row.id,
      mapping: {
        object: 'mapping',
        resource: idFromUuid(row.resource_prefix, row.resource_id),
        provider: row.provider,
        provider_resource: row.provider_resource,
        provider_id: row.provider_id,
        created_at: row.created_at.toISOString(),
      },
    }))
}
