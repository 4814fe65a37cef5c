import { z } from 'zod'
import { Mode } from '#contract/vocabulary'
import type { Sql, Tx } from '#db/tx'

type Scope = { readonly accountId: string; readonly mode: Mode }

const Row = z.object({
  id: z.string(),
  mode: Mode,
  property_id: z.string(),
  kind: z.enum(['order', 'void']),
  start_date: z.string(),
  end_date: z.string().nullable(),
  created_at: z.date(),
  updated_at: z.date(),
})
/** A tenancy as it is kept; ids are UUIDs. Who answers for it is not. */
export type TenancyRow = z.output<typeof Row>

const COLUMNS = Object.keys(Row.shape)
  .map(name => `tenancies.${name}`)
  .join(', ')

const FIND = `
  SELECT ${COLUMNS} FROM tenancies
  JOIN properties AS named ON tenancies.property_id = coalesce(named.same_as, named.id) AND named.id = $4
    AND named.account_id = tenancies.account_id
  WHERE tenancies.id = $1 AND tenancies.account_id = $2 AND tenancies.mode = $3`

/** A tenancy of this house; null where it is of another one. */
export async function findTenancyRow(
  sql: Sql,
  scope: Scope,
  { tenancyUuid, propertyUuid }: { tenancyUuid: string; propertyUuid: string },
): Promise<TenancyRow | null> {
  const { rows } = await sql.query(FIND, [tenancyUuid, scope.accountId, scope.mode, propertyUuid])
  return rows.length === 0 ? null : Row.parse(rows[0])
}

const SET_DATES = `
  UPDATE tenancies SET start_date = $4, end_date = $5, updated_at = $6
  WHERE id = $1 AND account_id = $2 AND mode = $3 AND (start_date <> $4 OR end_date IS DISTINCT FROM $5)`

export function setTenancyDates(
  tx: Tx,
  scope: Scope,
  uuid: string,
  { start_date, end_date, at }: Pick<TenancyRow, 'start_date' | 'end_date'> & { at: Date },
): void {
  tx.write(SET_DATES, [uuid, scope.accountId, scope.mode, start_date, end_date, at])
}
