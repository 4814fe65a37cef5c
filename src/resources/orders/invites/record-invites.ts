import type { Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import type { ProviderInvite } from '#providers/port/invites'
import type { ReachableOrder } from '#resources/orders/find-order'
import { inviteeOf } from '#resources/orders/invites/invitee-of'
import {
  insertInvite,
  type KnownInvite,
  knownInvites,
  setInviteDeleted,
  updateInvite,
} from '#resources/orders/invites/store'
import { compareLists, type Likeness, type Pair } from '#resources/orders/tenants/compare-lists'
import { mapPerson } from '#resources/orders/tenants/map-person'
import { type KnownTenant, knownTenants } from '#resources/orders/tenants/store'
import { newUuid } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>
type Alike = Likeness<KnownInvite, ProviderInvite>

const hasPhone: Alike = ({ invite }, { phone }) => phone !== null && invite.phone === phone
const hasName: Alike = ({ invite }, listed) =>
  invite.first_name === listed.first_name && invite.last_name === listed.last_name

/** Inviting somebody answers no id: the invitation is known again by its phone. */
const LIKENESSES: readonly Alike[] = [
  (row, listed) => hasPhone(row, listed) && hasName(row, listed),
  hasPhone,
]

/** A list of invitations, as it was read for an order. */
export interface InvitesRead {
  readonly listed: readonly ProviderInvite[]
  readonly readAt: Date
  readonly at: Date
}

/** Takes over what the provider says of an invitation, unless ours is newer. */
function takeOver(
  tx: Tx,
  scope: Scope,
  { row, listed }: Pair<KnownInvite, ProviderInvite>,
  { readAt, at }: InvitesRead,
): void {
  if (row.deletedAt) setInviteDeleted(tx, scope, row.uuid, null)
  const { invite } = row
  const said = {
    first_name: listed.first_name ?? invite.first_name,
    last_name: listed.last_name ?? invite.last_name,
    phone: listed.phone ?? invite.phone,
    times_sent: listed.times_sent ?? invite.times_sent,
  }
  const isNew =
    said.first_name !== invite.first_name ||
    said.last_name !== invite.last_name ||
    said.phone !== invite.phone ||
    said.times_sent !== invite.times_sent
  if (isNew && !row.erased && row.updatedAt < readAt) updateInvite(tx, scope, row.uuid, { ...said, at })
}

/** Invitations that were never listed, and whose people are bill payers already. */
function followedUnseen(
  rows: readonly KnownInvite[],
  found: readonly Pair<KnownInvite, ProviderInvite>[],
  tenants: readonly KnownTenant[],
): KnownInvite[] {
  const payers = new Set(tenants.filter(({ providerId }) => providerId !== null).map(({ uuid }) => uuid))
  const listed = new Set(found.map(({ row }) => row))
  return rows.filter(
    row =>
      row.providerId === null &&
      row.deletedAt === null &&
      !listed.has(row) &&
      row.tenantUuid !== null &&
      payers.has(row.tenantUuid),
  )
}

/**
 * Brings our invitations to an order in line with the provider's. Who has signed up is not listed there any more, but
 * among the bill payers. The caller holds the order's row.
 */
export async function recordInvites(
  tx: Tx,
  scope: Scope,
  { order, connection }: Pick<ReachableOrder, 'order' | 'connection'>,
  read: InvitesRead,
): Promise<void> {
  const { listed, readAt, at } = read
  const rows = await knownInvites(tx, scope, order.id)
  const tenants = await knownTenants(tx, scope, { orderUuid: order.id, connectionId: connection.id })
  const { known, found, strangers, gone } = compareLists(rows, listed, { likenesses: LIKENESSES, readAt })
  const map = (uuid: string, providerId: string) =>
    mapPerson(tx, scope, connection, { resource: { prefix: 'invite', uuid }, providerId, at })

  for (const pair of known) takeOver(tx, scope, pair, read)
  for (const pair of found) if (await map(pair.row.uuid, pair.listed.id)) takeOver(tx, scope, pair, read)
  const invited: Pick<KnownInvite, 'tenantUuid' | 'deletedAt'>[] = [...rows]
  for (const { id, first_name, last_name, phone, times_sent } of strangers) {
    const uuid = newUuid()
    if (!(await map(uuid, id))) continue
    const tenantUuid = inviteeOf(phone, tenants, invited)?.uuid ?? null
    invited.push({ tenantUuid, deletedAt: null })
    const person = { firstName: first_name, lastName: last_name, phone, timesSent: times_sent }
    insertInvite(tx, scope, { ...person, uuid, orderUuid: order.id, tenantUuid, at })
  }
  for (const row of [...gone, ...followedUnseen(rows, found, tenants)])
    setInviteDeleted(tx, scope, row.uuid, at)
}
