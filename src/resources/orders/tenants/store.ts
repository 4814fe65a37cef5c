import { z } from 'zod'
import type { Mode } from '#contract/vocabulary'
import { MandateStatus } from '#contract/tenants'
import type { Sql, Tx } from '#db/tx'
import { removableRows } from '#resources/orders/removable-rows'
import { knownColumns, type KnownPerson, toKnown } from '#resources/orders/known-rows'
import { personalFields } from '#tenants/personal-fields'

type Scope = { readonly accountId: string; readonly mode: Mode }

const PersonRow = z.object({ ...knownColumns, ...personalFields })

/** A person of an order, removed or not, with the provider's id and whether the provider has confirmed them. */
export interface KnownTenant extends KnownPerson {
  readonly person: Pick<
    z.output<typeof PersonRow>,
    'first_name' | 'last_name' | 'email' | 'phone' | 'date_of_birth' | 'nationality'
  >
}

// The operations that made a person stand under the person, or under the order that they came with.
const KNOWN = `
  SELECT tenants.id, first_name, last_name, email, phone, date_of_birth, nationality, updated_at, deleted_at, erased_at,
    mappings.provider_id, mappings.created_at AS mapped_at, EXISTS (
      SELECT 1 FROM operations
      WHERE operations.account_id = tenants.account_id AND operations.resource_id IN (tenants.id, tenants.order_id)
        AND tenants.id IN (operations.resource_id, operations.subject_id)
        AND operations.operation IN ('tenants.create', 'invites.create') AND operations.state = 'succeeded') AS confirmed
  FROM tenants LEFT JOIN mappings
    ON mappings.account_id = tenants.account_id AND mappings.resource_id = tenants.id
    AND mappings.connection_id = $3 AND mappings.provider_resource = 'tenant'
  WHERE tenants.account_id = $1 AND tenants.order_id = $2 ORDER BY tenants.position`

/** Everybody of an order, in the order in which they were named. */
export async function knownTenants(
  sql: Sql,
  scope: Scope,
  { orderUuid, connectionId }: { orderUuid: string; connectionId: string },
): Promise<KnownTenant[]> {
  const { rows } = await sql.query(KNOWN, [scope.accountId, orderUuid, connectionId])
  return z
    .array(PersonRow)
    .parse(rows)
    .map(row => {
      const { first_name, last_name, email, phone, date_of_birth, nationality } = row
      return { ...toKnown(row), person: { first_name, last_name, email, phone, date_of_birth, nationality } }
    })
}

const Position = z.object({ position: z.int() })

/** Where the next person of an order stands. The caller holds the order's row. */
export async function nextPosition(tx: Tx, scope: Scope, orderUuid: string): Promise<number> {
  const { rows } = await tx.query(
    'SELECT coalesce(max(position), -1) + 1 AS position FROM tenants WHERE account_id = $1 AND order_id = $2',
    [scope.accountId, orderUuid],
  )
  return Position.parse(rows[0]).position
}

const TenantState = z.object({
  order_id: z.string(),
  mandate_status: MandateStatus.nullable(),
  deleted_at: z.date().nullable(),
  updated_at: z.date(),
})

const STATE = `
  SELECT order_id, mandate_status, deleted_at, updated_at FROM tenants
  WHERE id = $1 AND account_id = $2 AND mode = $3 AND order_id IS NOT NULL`

/** Which order a person belongs to, also when they were removed; null when there is no such person. */
export async function findTenantState(
  sql: Sql,
  scope: Scope,
  uuid: string,
): Promise<z.output<typeof TenantState> | null> {
  const { rows } = await sql.query(STATE, [uuid, scope.accountId, scope.mode])
  return rows.length === 0 ? null : TenantState.parse(rows[0])
}

/** The same, holding the row until the commit. */
export async function lockTenant(
  tx: Tx,
  scope: Scope,
  uuid: string,
): Promise<z.output<typeof TenantState> | null> {
  const { rows } = await tx.query(`${STATE} FOR UPDATE`, [uuid, scope.accountId, scope.mode])
  return rows.length === 0 ? null : TenantState.parse(rows[0])
}

export const { setDeleted: setTenantDeleted, drop: dropTenant } = removableRows('tenants')

export function setMandateStatus(
  tx: Tx,
  scope: Scope,
  uuid: string,
  { status, at }: { status: MandateStatus; at: Date },
): void {
  tx.write(
    'UPDATE tenants SET mandate_status = $4, updated_at = $5 WHERE id = $1 AND account_id = $2 AND mode = $3',
    [uuid, scope.accountId, scope.mode, status, at],
  )
}

const IN_QUESTION = `
  SELECT 1 FROM operations
  WHERE account_id = $1 AND resource_id IN ($2, $3) AND $2 IN (resource_id, subject_id)
    AND state IN ('planned', 'sending', 'unknown') LIMIT 1`

/** Whether something is still to be done for a person, or nobody knows what became of it. */
export async function isInQuestion(
  sql: Sql,
  scope: Scope,
  { uuid, orderUuid }: { uuid: string; orderUuid: string },
): Promise<boolean> {
  return (await sql.query(IN_QUESTION, [scope.accountId, uuid, orderUuid])).rowCount > 0
}
