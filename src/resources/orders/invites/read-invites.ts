import type { ListQuery } from '#contract/vocabulary'
import type { Invite } from '#contract/tenants'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import { cutArray } from '#http/read-through'
import { lookForUnknown } from '#journal/look-for-unknown'
import { keepPayload, readPayloads } from '#payloads/provider-payloads'
import { findOrder, reachOrder } from '#resources/orders/find-order'
import { findInvite, type KnownInvite, knownInvites } from '#resources/orders/invites/store'
import { inOrderOf, payloadOf } from '#resources/orders/tenants/listed-rows'
import { readPeople, recordPeople, refreshPeople } from '#resources/orders/tenants/match-people'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Which invitation to which order. */
export interface InviteNames {
  readonly orderId: string
  readonly inviteId: string
}

/** The open invitations to an order as its provider lists them now. */
export async function listInvites(
  services: Services,
  call: Call,
  orderId: string,
  query: ListQuery,
): Promise<Page<Invite>> {
  const list = `orders/${orderId}/invites`
  const page = services.cursors.read(query, list, call.caller)
  const reachable = await reachOrder(services, call, orderId, 'invites.list')
  const people = await refreshPeople(services, call, reachable, ['invites'])
  const rows = await knownInvites(services.database.sql, call.caller, reachable.order.id)
  const open = rows.filter(row => row.deletedAt === null).map(({ invite }) => invite)
  return cutArray(services.cursors, inOrderOf(people.invites?.value ?? [], open), page, list, call.caller)
}

/** Throws `not_found` for one that was withdrawn, and for one that was followed. */
function demandOpen(found: KnownInvite | null): KnownInvite {
  if (found && found.deletedAt === null) return found
  throw notFound('invite')
}

/** Reads the invitations to the order first, and keeps what the provider says of this one. */
async function refreshInvite(
  services: Services,
  call: Call,
  { orderId, inviteId }: InviteNames,
): Promise<KnownInvite> {
  const { database, vault } = services
  const reachable = await reachOrder(services, call, orderId, 'invites.list')
  const { id: orderUuid, provider } = reachable.order
  demandOpen(await findInvite(database.sql, call.caller, orderUuid, uuidOf('invite', inviteId)))
  const people = await readPeople(services, call, reachable, ['invites'])
  const refreshed = await database.transaction(async tx => {
    await recordPeople(tx, services, call, reachable, people)
    const found = await findInvite(tx, call.caller, orderUuid, uuidOf('invite', inviteId))
    const payload = found && payloadOf(people.invites, found.invite.provider_ids)
    if (found && payload) {
      const holder = { prefix: 'invite' as const, uuid: found.uuid }
      keepPayload(tx, vault, call.caller, holder, { provider, payload })
    }
    return found
  })
  // Only now, so that it is kept that it is gone.
  return demandOpen(refreshed)
}

/** One open invitation to an order. */
export async function getInvite(
  services: Services,
  call: Call,
  names: InviteNames,
  wishes: { refresh: boolean; withProviderData: boolean },
): Promise<Invite> {
  const { sql } = services.database
  const order = await findOrder(services, call, names.orderId)
  if (wishes.refresh) await lookForUnknown(services, call, { uuid: uuidOf('invite', names.inviteId) })
  const { uuid, invite } = wishes.refresh
    ? await refreshInvite(services, call, names)
    : demandOpen(await findInvite(sql, call.caller, order.id, uuidOf('invite', names.inviteId)))
  if (!wishes.withProviderData) return invite
  const holder = { prefix: 'invite' as const, uuid }
  return { ...invite, provider_data: await readPayloads(sql, services.vault, call.caller, holder) }
}
