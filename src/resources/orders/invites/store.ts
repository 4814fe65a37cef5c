import { z } from 'zod'
import { Mode } from '#contract/vocabulary'
import type { Invite } from '#contract/tenants'
import type { Sql, Tx } from '#db/tx'
import { knownColumns, type KnownPerson, toKnown } from '#resources/orders/known-rows'
import { removableRows } from '#resources/orders/removable-rows'
import { idFromUuid } from '#values/ids'

type Scope = { readonly accountId: string; readonly mode: Mode }

/** An invitation as it is kept. */
export interface NewInvite {
  readonly uuid: string
  readonly orderUuid: string
  readonly tenantUuid: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly phone: string | null
  readonly timesSent: number | null
  readonly at: Date
}

const INSERT = `
  INSERT INTO invites (id, account_id, mode, order_id, tenant_id, first_name, last_name, phone, times_sent, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`

export function insertInvite(tx: Tx, scope: Scope, invite: NewInvite): void {
  const { uuid, orderUuid, tenantUuid, firstName, lastName, phone, timesSent, at } = invite
  const values = [uuid, scope.accountId, scope.mode, orderUuid, tenantUuid]
  tx.write(INSERT, [...values, firstName, lastName, phone, timesSent, at])
}

const Row = z.object({
  ...knownColumns,
  mode: Mode,
  tenant_id: z.string().nullable(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  phone: z.string().nullable(),
  times_sent: z.int().nullable(),
  created_at: z.date(),
})

/** An invitation, withdrawn or not, with the provider's id and whether the provider has confirmed it. */
export interface KnownInvite extends KnownPerson {
  readonly invite: Invite
  readonly tenantUuid: string | null
}

const SELECT = `
  SELECT invites.id, invites.mode, tenant_id, first_name, last_name, phone, times_sent, invites.created_at, updated_at,
    deleted_at, erased_at, mappings.provider_id, mappings.created_at AS mapped_at, EXISTS (
      SELECT 1 FROM operations
      WHERE operations.account_id = invites.account_id AND operations.resource_id = invites.id
        AND operations.operation = 'invites.create' AND operations.state = 'succeeded') AS confirmed
  FROM invites LEFT JOIN mappings
    ON mappings.account_id = invites.account_id AND mappings.resource_id = invites.id
    AND mappings.provider_resource = 'invite'
  WHERE invites.account_id = $1 AND invites.mode = $2`

function fromRow(row: unknown): KnownInvite {
  const read = Row.parse(row)
  const { id, mode, tenant_id, first_name, last_name, phone, times_sent, provider_id } = read
  return {
    ...toKnown(read),
    tenantUuid: tenant_id,
    invite: {
      id: idFromUuid('invite', id),
      object: 'invite',
      mode,
      first_name,
      last_name,
      phone,
      times_sent,
      tenant_id: tenant_id && idFromUuid('tenant', tenant_id),
      provider_ids: provider_id === null ? [] : [provider_id],
      created_at: read.created_at.toISOString(),
      updated_at: read.updated_at.toISOString(),
    },
  }
}

/** All invitations to an order, in the order in which they were made. */
export async function knownInvites(sql: Sql, scope: Scope, orderUuid: string): Promise<KnownInvite[]> {
  const text = `${SELECT} AND invites.order_id = $3 ORDER BY invites.id`
  return (await sql.query(text, [scope.accountId, scope.mode, orderUuid])).rows.map(fromRow)
}

/** One invitation to an order, also when it was withdrawn or has been followed; null when there is none. */
export async function findInvite(
  sql: Sql,
  scope: Scope,
  orderUuid: string,
  uuid: string,
): Promise<KnownInvite | null> {
  const text = `${SELECT} AND invites.order_id = $3 AND invites.id = $4`
  const { rows } = await sql.query(text, [scope.accountId, scope.mode, orderUuid, uuid])
  return rows.length === 0 ? null : fromRow(rows[0])
}

/** The invitation that a person has not followed yet; null when there is none. */
export async function liveInviteOf(sql: Sql, scope: Scope, tenantUuid: string): Promise<KnownInvite | null> {
  const text = `${SELECT} AND invites.tenant_id = $3 AND invites.deleted_at IS NULL ORDER BY invites.id DESC LIMIT 1`
  const { rows } = await sql.query(text, [scope.accountId, scope.mode, tenantUuid])
  return rows.length === 0 ? null : fromRow(rows[0])
}

const InvitePlace = z.object({ order_id: z.string(), deleted_at: z.date().nullable() })
type InvitePlace = z.output<typeof InvitePlace>

const PLACE = 'SELECT order_id, deleted_at FROM invites WHERE id = $1 AND account_id = $2 AND mode = $3'

/** Which order an invitation belongs to. */
export async function findInvitePlace(sql: Sql, scope: Scope, uuid: string): Promise<InvitePlace | null> {
  const { rows } = await sql.query(PLACE, [uuid, scope.accountId, scope.mode])
  return rows.length === 0 ? null : InvitePlace.parse(rows[0])
}

/** The same, holding its row until the commit. */
export async function lockInvite(tx: Tx, scope: Scope, uuid: string): Promise<InvitePlace | null> {
  const { rows } = await tx.query(`${PLACE} FOR UPDATE`, [uuid, scope.accountId, scope.mode])
  return rows.length === 0 ? null : InvitePlace.parse(rows[0])
}

export const { setDeleted: setInviteDeleted, drop: dropInvite } = removableRows('invites')

export function updateInvite(
  tx: Tx,
  scope: Scope,
  uuid: string,
  {
    first_name,
    last_name,
    phone,
    times_sent,
    at,
  }: Pick<Invite, 'first_name' | 'last_name' | 'phone' | 'times_sent'> & { at: Date },
): void {
  tx.write(
    `UPDATE invites SET first_name = $4, last_name = $5, phone = $6, times_sent = $7, updated_at = $8
     WHERE id = $1 AND account_id = $2 AND mode = $3`,
    [uuid, scope.accountId, scope.mode, first_name, last_name, phone, times_sent, at],
  )
}

const LINK = `
  UPDATE invites SET tenant_id = tenants.id FROM tenants
  WHERE invites.account_id = $1 AND invites.order_id = $2 AND invites.tenant_id IS NULL
    AND tenants.account_id = $1 AND tenants.order_id = $2 AND tenants.phone = invites.phone AND tenants.deleted_at IS NULL
    AND tenants.created_at >= invites.created_at`

/** Tells each invitation who followed it, by the phone that it was sent to: somebody whom we met later. */
export function linkInvites(tx: Tx, scope: Scope, orderUuid: string): void {
  tx.write(LINK, [scope.accountId, orderUuid])
}
