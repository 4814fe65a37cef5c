import { z } from 'zod'
import { Address } from '#contract/addresses'
import { Meters, propertyStatuses } from '#contract/properties'
import { Metadata, Mode } from '#contract/vocabulary'
import type { Sql, Tx } from '#db/tx'

type Scope = { readonly accountId: string; readonly mode: Mode }

/** What its provider knows of a house, and we keep. */
export const KnownMeters = Meters.extend({ mpan: z.string().nullable(), mprn: z.string().nullable() })

const Row = z.object({
  id: z.string(),
  mode: Mode,
  address: Address,
  uprn: z.string().nullable(),
  property_reference: z.string().nullable(),
  branch_id: z.string().nullable(),
  status: z.enum([...propertyStatuses, 'other']).nullable(),
  provider_status: z.string().nullable(),
  meters: KnownMeters.nullable(),
  metadata: Metadata,
  created_at: z.date(),
  updated_at: z.date(),
})
/** A house as it is kept; ids are UUIDs. */
export type PropertyRow = z.output<typeof Row>

const COLUMNS = Object.keys(Row.shape)
  .map(name => `house.${name}`)
  .join(', ')
const NAMED = `
  SELECT ${COLUMNS} FROM properties AS named JOIN properties AS house ON house.id = coalesce(named.same_as, named.id)
  WHERE named.id = $1 AND named.account_id = $2 AND named.mode = $3`

/** The house that an id names, also when it goes by another id by now. */
export async function findPropertyRow(sql: Sql, scope: Scope, uuid: string): Promise<PropertyRow | null> {
  const { rows } = await sql.query(NAMED, [uuid, scope.accountId, scope.mode])
  return rows.length === 0 ? null : Row.parse(rows[0])
}

const ALL = `SELECT ${COLUMNS} FROM properties AS house WHERE id = ANY($1::uuid[]) AND account_id = $2 AND mode = $3`

export async function propertyRows(
  sql: Sql,
  scope: Scope,
  uuids: readonly string[],
): Promise<Map<string, PropertyRow>> {
  const { rows } = await sql.query(ALL, [uuids, scope.accountId, scope.mode])
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map(row => [row.id, row]),
  )
}

/** A house that was named in a way that does not tell which one it is. */
export interface UnplacedHouse
  extends Pick<PropertyRow, 'id' | 'address' | 'property_reference' | 'branch_id' | 'metadata'> {
  readonly sameAs: string | null
  readonly at: Date
}

const INSERT = `
  INSERT INTO properties (id, account_id, mode, address_key, address, property_reference, branch_id, metadata, same_as,
    created_at, updated_at)
  VALUES ($1::uuid, $2, $3, 'unplaced:' || $1::uuid, $4, $5, $6, $7, $8, $9, $9)`

/** Keeps a house that no address finds: until its provider has said which one it is, or as another name of that one. */
export function insertUnplaced(tx: Tx, scope: Scope, house: UnplacedHouse): void {
  const { id, address, property_reference, branch_id, metadata, sameAs, at } = house
  const values = [id, scope.accountId, scope.mode, JSON.stringify(address), property_reference, branch_id]
  tx.write(INSERT, [...values, JSON.stringify(metadata), sameAs, at])
}

export function deleteUnplaced(tx: Tx, scope: Scope, uuid: string): void {
  const values = [uuid, scope.accountId, scope.mode]
  tx.write(
    `DELETE FROM properties WHERE id = $1 AND account_id = $2 AND mode = $3 AND address_key LIKE 'unplaced:%'`,
    values,
  )
}

const UPDATE = `
  UPDATE properties SET address = $4, uprn = $5, property_reference = $6, branch_id = $7, status = $8,
    provider_status = $9, meters = $10, metadata = $11, updated_at = $12
  WHERE id = $1 AND account_id = $2 AND mode = $3`

/** Stores all that is known of a house, but for the keys that it is found by. */
export function updateProperty(tx: Tx, scope: Scope, row: PropertyRow): void {
  const known = [JSON.stringify(row.address), row.uprn, row.property_reference, row.branch_id, row.status]
  const meters = row.meters && JSON.stringify(row.meters)
  const rest = [row.provider_status, meters, JSON.stringify(row.metadata), row.updated_at]
  tx.write(UPDATE, [row.id, scope.accountId, scope.mode, ...known, ...rest])
}
