import { z } from 'zod'
import { Address } from '#contract/addresses'
import { Metadata, Mode, ProviderId } from '#contract/vocabulary'
import { voidStatuses } from '#contract/voids'
import { insertRow } from '#db/insert-row'
import { newestFirst } from '#db/newest-first'
import type { Sql, Tx } from '#db/tx'
import type { PageRequest } from '#http/list'
import { LAST_UUID } from '#values/ids'

type Scope = { readonly accountId: string; readonly mode: Mode }

const Row = z.object({
  id: z.string(),
  account_id: z.string(),
  mode: Mode,
  provider: ProviderId,
  status: z.enum(voidStatuses),
  property_id: z.string().nullable(),
  tenancy_id: z.string().nullable(),
  branch_id: z.string().nullable(),
  address: Address.nullable(),
  start_date: z.string(),
  end_date: z.string().nullable(),
  premium: z.boolean(),
  property_empty: z.boolean().nullable(),
  notifications: z.boolean(),
  property_reference: z.string().nullable(),
  metadata: Metadata,
  created_at: z.date(),
  updated_at: z.date(),
})
/** A void as it is kept; ids are UUIDs. The people that it names are not. */
export type VoidRow = z.output<typeof Row>

const NAMES = Object.keys(Row.shape)
const AS_JSON = new Set(['address', 'metadata'])

export function insertVoid(tx: Tx, row: VoidRow): void {
  insertRow(tx, 'voids', row, AS_JSON)
}

const FIND = `SELECT ${NAMES.join(', ')} FROM voids WHERE id = $1 AND account_id = $2 AND mode = $3`

export async function findVoidRow(sql: Sql, scope: Scope, uuid: string): Promise<VoidRow | null> {
  const { rows } = await sql.query(FIND, [uuid, scope.accountId, scope.mode])
  return rows.length === 0 ? null : Row.parse(rows[0])
}

/** Holds the row until the commit. */
export async function lockVoidRow(tx: Tx, scope: Scope, uuid: string): Promise<VoidRow | null> {
  const { rows } = await tx.query(`${FIND} FOR UPDATE`, [uuid, scope.accountId, scope.mode])
  return rows.length === 0 ? null : Row.parse(rows[0])
}

const UPDATE = `
  UPDATE voids SET status = $4, property_id = $5, tenancy_id = $6, updated_at = $7
  WHERE id = $1 AND account_id = $2 AND mode = $3`

export function updateVoid(
  tx: Tx,
  scope: Scope,
  uuid: string,
  {
    status,
    property_id,
    tenancy_id,
    updated_at,
  }: Pick<VoidRow, 'status' | 'property_id' | 'tenancy_id' | 'updated_at'>,
): void {
  tx.write(UPDATE, [uuid, scope.accountId, scope.mode, status, property_id, tenancy_id, updated_at])
}

/** Forgets a void that was never made. */
export function deleteVoid(tx: Tx, scope: Scope, uuid: string): void {
  tx.write('DELETE FROM voids WHERE id = $1 AND account_id = $2 AND mode = $3', [
    uuid,
    scope.accountId,
    scope.mode,
  ])
}

/** A page of voids, newest first, one row more than asked for. */
export async function listVoidRows(sql: Sql, scope: Scope, page: PageRequest): Promise<VoidRow[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const { where, orderBy } = newestFirst(scope, [], page.after ?? LAST_UUID, parameter)
  const { rows } = await sql.query(
    `SELECT ${NAMES.join(', ')} FROM voids WHERE ${where} ORDER BY ${orderBy} LIMIT ${parameter(page.limit + 1)}`,
    values,
  )
  return z.array(Row).parse(rows)
}

const TenancyRow = z.object({ id: z.string(), start_date: z.string(), end_date: z.string().nullable() })

/** The tenancies that voids are, with their dates as they are by now, by UUID. */
export async function tenanciesOfVoids(sql: Sql, scope: Scope, uuids: readonly string[]) {
  const { rows } = await sql.query(
    'SELECT id, start_date, end_date FROM tenancies WHERE id = ANY($1::uuid[]) AND account_id = $2',
    [uuids, scope.accountId],
  )
  return new Map(
    z
      .array(TenancyRow)
      .parse(rows)
      .map(row => [row.id, row]),
  )
}

const INSERT_TENANCY = `
  INSERT INTO tenancies (id, account_id, mode, property_id, kind, start_date, end_date, created_at, updated_at)
  VALUES ($1, $2, $3, $4, 'void', $5, $6, $7, $7)`

export function insertVoidTenancy(
  tx: Tx,
  scope: Scope,
  {
    id,
    property_id,
    start_date,
    end_date,
    at,
  }: z.output<typeof TenancyRow> & { property_id: string; at: Date },
): void {
  tx.write(INSERT_TENANCY, [id, scope.accountId, scope.mode, property_id, start_date, end_date, at])
}
