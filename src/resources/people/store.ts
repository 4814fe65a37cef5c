import { z } from 'zod'
import type { PersonInvite, PersonTenant } from '#contract/people'
import { Product } from '#contract/quotes'
import { Mode } from '#contract/vocabulary'
import type { Sql, Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import { tenantColumns, tenantFromRow } from '#tenants/store'
import { idFromUuid } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>

const line = z.string().nullish().default(null)
const TenantRow = z.object({
  billing_address: z
    .object({ line_1: line, line_2: line, city: line, county: line, postcode: line })
    .nullable(),
  created_at: z.date(),
  deleted_at: z.date().nullable(),
  erased_at: z.date().nullable(),
  erased_phone: z.instanceof(Uint8Array).nullable(),
})

/** A person of an order or a lead, taken off it or not. */
export interface HeldTenant {
  readonly uuid: string
  readonly orderUuid: string | null
  readonly leadUuid: string | null
  readonly position: number
  readonly createdAt: Date
  readonly erasedAt: Date | null
  readonly erasedPhone: Uint8Array | null
  readonly shown: PersonTenant
}

const TENANTS = `
  SELECT ${tenantColumns}, billing_address, deleted_at, erased_phone FROM tenants
  WHERE account_id = $1 AND mode = $2 AND (lower(email) = lower($3) OR erased_email = ANY($4::bytea[])) ORDER BY id`

/** Everybody who has this e-mail address, in whatever case, and whoever was erased under one of these marks. */
export async function tenantsByEmail(
  sql: Sql,
  scope: Scope,
  { email, marks }: { email: string; marks: readonly Uint8Array[] },
): Promise<HeldTenant[]> {
  const { rows } = await sql.query(TENANTS, [scope.accountId, scope.mode, email, marks])
  return rows.map(row => {
    const { uuid, orderUuid, leadUuid, position, tenant } = tenantFromRow(row)
    const { billing_address, created_at, deleted_at, erased_at, erased_phone } = TenantRow.parse(row)
    const shown = {
      ...tenant,
      order_id: orderUuid && idFromUuid('order', orderUuid),
      lead_id: leadUuid && idFromUuid('lead', leadUuid),
      billing_address,
      removed_at: deleted_at?.toISOString() ?? null,
    }
    const dates = { createdAt: created_at, erasedAt: erased_at, erasedPhone: erased_phone }
    return { uuid, orderUuid, leadUuid, position, ...dates, shown }
  })
}

const InviteRow = z.object({
  id: z.string(),
  mode: Mode,
  order_id: z.string(),
  tenant_id: z.string().nullable(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  phone: z.string().nullable(),
  times_sent: z.int().nullable(),
  provider_ids: z.array(z.string()),
  created_at: z.date(),
  updated_at: z.date(),
  deleted_at: z.date().nullable(),
  erased_at: z.date().nullable(),
})

export interface HeldInvite {
  readonly uuid: string
  readonly orderUuid: string
  readonly erasedAt: Date | null
  readonly shown: PersonInvite
}

const INVITES = `
  SELECT id, mode, order_id, tenant_id, first_name, last_name, phone, times_sent, created_at, updated_at, deleted_at,
    erased_at, ARRAY(
      SELECT provider_id FROM mappings
      WHERE mappings.account_id = invites.account_id AND resource_id = invites.id AND provider_resource = 'invite'
      ORDER BY mappings.id) AS provider_ids
  FROM invites
  WHERE account_id = $1 AND mode = $2 AND order_id = ANY($3::uuid[]) AND (tenant_id = ANY($4::uuid[])
    OR (tenant_id IS NULL AND (phone = ANY($5) OR erased_phone = ANY($6::bytea[])))) ORDER BY id`

/** The invitations to these people; where one tells no tenant, those to their orders under their phone. */
export async function invitesTo(
  sql: Sql,
  scope: Scope,
  tenants: readonly HeldTenant[],
): Promise<HeldInvite[]> {
  const orders = tenants.flatMap(({ orderUuid }) => orderUuid ?? [])
  const phones = tenants.flatMap(({ shown }) => shown.phone ?? [])
  const marks = tenants.flatMap(({ erasedPhone }) => erasedPhone ?? [])
  const people = tenants.map(({ uuid }) => uuid)
  const { rows } = await sql.query(INVITES, [scope.accountId, scope.mode, orders, people, phones, marks])
  return z
    .array(InviteRow)
    .parse(rows)
    .map(({ id, order_id, tenant_id, created_at, updated_at, deleted_at, erased_at, ...rest }) => ({
      uuid: id,
      orderUuid: order_id,
      erasedAt: erased_at,
      shown: {
        ...rest,
        id: idFromUuid('invite', id),
        object: 'invite',
        order_id: idFromUuid('order', order_id),
        tenant_id: tenant_id && idFromUuid('tenant', tenant_id),
        created_at: created_at.toISOString(),
        updated_at: updated_at.toISOString(),
        erased_at: erased_at?.toISOString() ?? null,
        removed_at: deleted_at?.toISOString() ?? null,
      },
    }))
}

const ProductRow = z.object({ id: z.string(), product: Product })

/** The products of orders, by UUID. */
export async function productsOf(
  sql: Sql,
  scope: Scope,
  orderUuids: readonly string[],
): Promise<ReadonlyMap<string, Product>> {
  const { rows } = await sql.query(
    'SELECT id, product FROM orders WHERE account_id = $1 AND id = ANY($2::uuid[])',
    [scope.accountId, orderUuids],
  )
  return new Map(
    z
      .array(ProductRow)
      .parse(rows)
      .map(({ id, product }) => [id, product]),
  )
}

/** Holds orders and leads until the commit, in the order that everybody else takes them in: before their people. */
export async function lockPlaces(
  tx: Tx,
  scope: Scope,
  { orders, leads }: { orders: readonly string[]; leads: readonly string[] },
): Promise<void> {
  for (const [table, uuids] of [['orders', orders] as const, ['leads', leads] as const])
    await tx.query(
      `SELECT 1 FROM ${table} WHERE account_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR UPDATE`,
      [scope.accountId, uuids],
    )
}

/** The same of people and their invitations. */
export async function lockPeople(
  tx: Tx,
  scope: Scope,
  { tenants, invites }: { tenants: readonly string[]; invites: readonly string[] },
): Promise<void> {
  for (const [table, uuids] of [['tenants', tenants] as const, ['invites', invites] as const])
    await tx.query(
      `SELECT 1 FROM ${table} WHERE account_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR UPDATE`,
      [scope.accountId, uuids],
    )
}
