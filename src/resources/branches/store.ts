import { z } from 'zod'
import { Metadata, Mode, ProviderId } from '#contract/vocabulary'
import { insertRow } from '#db/insert-row'
import type { Sql, Tx } from '#db/tx'

type Scope = { readonly accountId: string; readonly mode: Mode }

const Row = z.object({
  id: z.string(),
  account_id: z.string(),
  mode: Mode,
  provider: ProviderId,
  connection_id: z.string(),
  name: z.string().nullable(),
  reference_number: z.string().nullable(),
  theme_color_primary: z.string().nullable(),
  logo_url: z.string().nullable(),
  management_fee: z.string().nullable(),
  metadata: Metadata,
  created_at: z.date(),
  updated_at: z.date(),
})
/** A branch as it was last seen; ids are UUIDs. */
export type BranchRow = z.output<typeof Row>

const NAMES = Object.keys(Row.shape)
const AS_JSON = new Set(['metadata'])

export function insertBranch(tx: Tx, row: BranchRow): void {
  insertRow(tx, 'branches', row, AS_JSON)
}

const FIND = `SELECT ${NAMES.join(', ')} FROM branches WHERE id = ANY($1::uuid[]) AND account_id = $2 AND mode = $3`

/** Branches by their UUID. */
export async function branchRows(
  sql: Sql,
  scope: Scope,
  uuids: readonly string[],
): Promise<Map<string, BranchRow>> {
  const { rows } = await sql.query(FIND, [uuids, scope.accountId, scope.mode])
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map(row => [row.id, row]),
  )
}

export async function findBranchRow(sql: Sql, scope: Scope, uuid: string): Promise<BranchRow | null> {
  return (await branchRows(sql, scope, [uuid])).get(uuid) ?? null
}

const UPDATE = `
  UPDATE branches SET name = $4, reference_number = $5, theme_color_primary = $6, logo_url = $7, management_fee = $8,
    updated_at = $9
  WHERE id = $1 AND account_id = $2 AND mode = $3`

export function updateBranchRow(tx: Tx, scope: Scope, row: BranchRow): void {
  const { name, reference_number, theme_color_primary, logo_url, management_fee } = row
  const seen = [name, reference_number, theme_color_primary, logo_url, management_fee]
  tx.write(UPDATE, [row.id, scope.accountId, scope.mode, ...seen, row.updated_at])
}

/** Forgets a branch that was never made. */
export function deleteBranch(tx: Tx, scope: Scope, uuid: string): void {
  tx.write('DELETE FROM branches WHERE id = $1 AND account_id = $2 AND mode = $3', [
    uuid,
    scope.accountId,
    scope.mode,
  ])
}
