import { z } from 'zod'
import { Mode } from '#contract/vocabulary'
import { mandateStatuses, type Tenant } from '#contract/tenants'
import type { Sql, Tx } from '#db/tx'
import { personalFields } from '#tenants/personal-fields'
import { idFromUuid } from '#values/ids'

/** A person of a lead or order, as it is kept. Bank details never are. */
export interface NewTenant {
  readonly uuid: string
  readonly orderUuid: string | null
  readonly leadUuid: string | null
  readonly position: number
  readonly firstName: string | null
  readonly lastName: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly countryCode: string | null
  readonly dateOfBirth: string | null
  readonly nationality: string | null
  readonly billingAddress: unknown
  readonly at: Date
}

const INSERT = `
  INSERT INTO tenants (id, account_id, mode, order_id, lead_id, position, first_name, last_name, email, phone, country_code,
    date_of_birth, nationality, billing_address, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`

type Scope = { readonly accountId: string; readonly mode: Mode }

export function insertTenant(tx: Tx, scope: Scope, tenant: NewTenant): void {
  tx.write(INSERT, [
    tenant.uuid,
    scope.accountId,
    scope.mode,
    tenant.orderUuid,
    tenant.leadUuid,
    tenant.position,
    tenant.firstName,
    tenant.lastName,
    tenant.email,
    tenant.phone,
    tenant.countryCode,
    tenant.dateOfBirth,
    tenant.nationality,
    tenant.billingAddress ? JSON.stringify(tenant.billingAddress) : null,
    tenant.at,
  ])
}

const Row = z.object({
  id: z.string(),
  mode: Mode,
  order_id: z.string().nullable(),
  lead_id: z.string().nullable(),
  position: z.int(),
  ...personalFields,
  country_code: z.string().nullable(),
  mandate_status: z.enum(mandateStatuses).nullable(),
  created_at: z.date(),
  updated_at: z.date(),
  provider_ids: z.array(z.string()),
})

// The provider's ids come along, so that a page of orders or leads needs one statement for all its people.
const SELECT = `
  SELECT id, mode, order_id, lead_id, position, first_name, last_name, email, phone, country_code, date_of_birth, nationality,
    mandate_status, created_at, updated_at, ARRAY(
      SELECT provider_id FROM mappings
      WHERE mappings.account_id = tenants.account_id AND resource_id = tenants.id AND provider_resource = 'tenant'
      ORDER BY mappings.id) AS provider_ids
  FROM tenants`

/** A person with the order or lead that they belong to. */
export interface StoredTenant {
  readonly uuid: string
  readonly orderUuid: string | null
  readonly leadUuid: string | null
  readonly position: number
  readonly tenant: Tenant
}

function fromRow(row: unknown): StoredTenant {
  const { id, order_id, lead_id, position, created_at, updated_at, ...rest } = Row.parse(row)
  const tenant: Tenant = {
    id: idFromUuid('tenant', id),
    object: 'tenant',
    ...rest,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  }
  return { uuid: id, orderUuid: order_id, leadUuid: lead_id, position, tenant }
}

/** The people of orders, in the order in which they were named; those that were removed left out. */
export async function tenantsOfOrders(
  sql: Sql,
  accountId: string,
  orderUuids: readonly string[],
): Promise<StoredTenant[]> {
  const where =
    'WHERE account_id = $1 AND order_id = ANY($2::uuid[]) AND deleted_at IS NULL ORDER BY order_id, position'
  return (await sql.query(`${SELECT} ${where}`, [accountId, orderUuids])).rows.map(fromRow)
}

/** The people of leads, in the order in which they were named. */
export async function tenantsOfLeads(
  sql: Sql,
  accountId: string,
  leadUuids: readonly string[],
): Promise<StoredTenant[]> {
  const where =
    'WHERE account_id = $1 AND lead_id = ANY($2::uuid[]) AND deleted_at IS NULL ORDER BY lead_id, position'
  return (await sql.query(`${SELECT} ${where}`, [accountId, leadUuids])).rows.map(fromRow)
}

/** One person of an order; null when there is no such person, or they were removed. */
export async function findTenantOfOrder(
  sql: Sql,
  scope: Scope,
  orderUuid: string,
  tenantUuid: string,
): Promise<StoredTenant | null> {
  const where = 'WHERE account_id = $1 AND mode = $2 AND order_id = $3 AND id = $4 AND deleted_at IS NULL'
  const { rows } = await sql.query(`${SELECT} ${where}`, [scope.accountId, scope.mode, orderUuid, tenantUuid])
  return rows.length === 0 ? null : fromRow(rows[0])
}

/** The fields of a person that may be corrected. */
export type TenantFields = Partial<
  Pick<
    NewTenant,
    'firstName' | 'lastName' | 'email' | 'phone' | 'dateOfBirth' | 'nationality' | 'billingAddress'
  >
>

const FIELD_COLUMNS: Readonly<Record<keyof TenantFields, string>> = {
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  phone: 'phone',
  dateOfBirth: 'date_of_birth',
  nationality: 'nationality',
  billingAddress: 'billing_address',
}

/** Changes only the fields that are given. */
export function updateTenant(tx: Tx, scope: Scope, uuid: string, fields: TenantFields, at: Date): void {
  const values: unknown[] = [uuid, scope.accountId, scope.mode, at]
  const changes = ['updated_at = $4']
  for (const [field, column] of Object.entries(FIELD_COLUMNS)) {
    const value: unknown = Object.entries(fields).find(([name]) => name === field)?.[1]
    if (value === undefined) continue
    changes.push(
      `${column} = $${values.push(column === 'billing_address' && value !== null ? JSON.stringify(value) : value)}`,
    )
  }
  tx.write(`UPDATE tenants SET ${changes.join(', ')} WHERE id = $1 AND account_id = $2 AND mode = $3`, values)
}
