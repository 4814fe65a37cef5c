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
import { compareLists, type Likeness } from '#resources/orders/tenants/compare-lists'
import { mapPerson } from '#resources/orders/tenants/map-person'
import { knownTenants } from '#resources/orders/tenants/store'
import { newUuid } from '#values/ids'

type Alike = Likeness<KnownInvite, ProviderInvite>

const hasPhone: Alike = ({ invite }, { phone }) => phone !== null && invite.phone === phone
const hasName: Alike = ({ invite }, listed) =>
  invite.first_name === listed.first_name && invite.last_name === listed.last_name

/** Inviting somebody answers no id: the invitation is known again by its phone. */
const LIKENESSES: readonly Alike[] = [
  (row, listed) => hasPhone(row, listed) && hasName(row, listed),
  hasPhone,
]

/** The invitation with what the provider says of it; null where it says nothing new. */
function takenOver({ invite }: KnownInvite, listed: ProviderInvite) {
  const fields = {
    first_name: listed.first_name ?? invite.first_name,
    last_name: listed.last_name ?? invite.last_name,
    phone: listed.phone ?? invite.phone,
    times_sent: listed.times_sent ?? invite.times_sent,
  }
  const isSame =
    fields.first_name === invite.first_name &&
    fields.last_name === invite.last_name &&
    fields.phone === invite.phone &&
    fields.times_sent === invite.times_sent
  return isSame ? null : fields
}

/** A list of invitations, as it was read for an order. */
export interface InvitesRead {
  readonly listed: readonly ProviderInvite[]
  readonly readAt: Date
  readonly at: Date
}

/**
 * Brings our invitations to an order in line with the provider's. Who has signed up is not listed there any more, but
 * among the bill payers. The caller holds the order's row.
 */
export async function recordInvites(
  tx: Tx,
  scope: Pick<Caller, 'accountId' | 'mode'>,
  { order, connection }: Pick<ReachableOrder, 'order' | 'connection'>,
  { listed, readAt, at }: InvitesRead,
): Promise<void> {
  const rows = await knownInvites(tx, scope, order.id)
  const { known, found, strangers, gone } = compareLists(rows, listed, { likenesses: LIKENESSES, readAt })
  const tenants = await knownTenants(tx, scope, { orderUuid: order.id, connectionId: connection.id })
  const invited: Pick<KnownInvite, 'tenantUuid' | 'deletedAt'>[] = [...rows]

  const map = (uuid: string, providerId: string) =>
    mapPerson(tx, scope, connection, { resource: { prefix: 'invite', uuid }, providerId, at })
  const takeOver = async (row: KnownInvite, entry: ProviderInvite): Promise<void> => {
    const fields = takenOver(row, entry)
    if (row.erased || row.updatedAt >= readAt || fields === null) return
    await updateInvite(tx, scope, row.uuid, { ...fields, at })
  }

  for (const { row, listed: entry } of known) {
    if (row.deletedAt) await setInviteDeleted(tx, scope, row.uuid, null)
    await takeOver(row, entry)
  }
  for (const { row, listed: entry } of found) if (await map(row.uuid, entry.id)) await takeOver(row, entry)
  for (const entry of strangers) {
    const uuid = newUuid()
    if (!(await map(uuid, entry.id))) continue
    const tenantUuid = inviteeOf(entry.phone, tenants, invited)?.uuid ?? null
    invited.push({ tenantUuid, deletedAt: null })
    await insertInvite(tx, scope, {
      uuid,
      orderUuid: order.id,
      tenantUuid,
      firstName: entry.first_name,
      lastName: entry.last_name,
      phone: entry.phone,
      timesSent: entry.times_sent,
      at,
    })
  }
  const signedUp = new Set(tenants.filter(tenant => tenant.providerId !== null).map(tenant => tenant.uuid))
  const followed = rows.filter(
    row =>
      row.providerId === null &&
      row.deletedAt === null &&
      !found.some(pair => pair.row === row) &&
      row.tenantUuid !== null &&
      signedUp.has(row.tenantUuid),
  )
  for (const row of [...gone, ...followed]) await setInviteDeleted(tx, scope, row.uuid, at)
}
