import { type Answer, NO_CONTENT } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound, ProblemError } from '#http/problem-error'
import { changeOnce } from '#journal/change-once'
import type { NewStep } from '#journal/journal'
import { findOrder, reachOrder } from '#resources/orders/find-order'
import type { InviteNames } from '#resources/orders/invites/read-invites'
import { findInvite, lockInvite } from '#resources/orders/invites/store'
import { ORDER_ID } from '#resources/orders/plan-order'
import { refreshPeople } from '#resources/orders/tenants/match-people'
import { wasAway } from '#resources/orders/tenants/outcome'
import { INVITE_ID } from '#resources/orders/tenants/placeholders'
import { answerUnsettledRemoval } from '#resources/orders/tenants/unsettled-removal'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/**
 * Withdraws an invitation at the provider. One that was followed or withdrawn before is gone already. Throws
 * `not_found` for an unknown id, and `state_conflict` while the provider does not list it.
 */
export async function deleteInvite(
  services: Services,
  call: Call,
  { orderId, inviteId }: InviteNames,
): Promise<Answer> {
  const { sql } = services.database
  const uuid = uuidOf('invite', inviteId)
  const { id: orderUuid } = await findOrder(services, call, orderId)
  const find = () => findInvite(sql, call.caller, orderUuid, uuid)
  const known = await find()
  if (!known) throw notFound('invite')
  if (known.deletedAt) return NO_CONTENT
  const resource = { prefix: 'invite' as const, uuid }
  const reachable = await reachOrder(services, call, orderId, 'invites.delete')
  const earlier = await answerUnsettledRemoval(sql, services, call, resource)
  if (earlier) return earlier
  if (known.providerId === null) {
    await refreshPeople(services, call, reachable, ['tenants', 'invites'])
    const refreshed = await find()
    if (refreshed?.deletedAt) return NO_CONTENT
    if (!refreshed?.providerId)
      throw new ProblemError('state_conflict', 'The provider does not list this invitation (yet).')
  }
  const step: NewStep = {
    operation: 'invites.delete',
    connection: reachable.connection,
    input: { order_id: ORDER_ID, invite_id: INVITE_ID },
  }
  return changeOnce(services, call, {
    resource,
    step,
    hold: async tx => {
      const held = await lockInvite(tx, call.caller, uuid)
      if (!held || held.deleted_at) return NO_CONTENT
      return answerUnsettledRemoval(tx, services, call, resource)
    },
    done: () => Promise.resolve(NO_CONTENT),
    isAsWanted: wasAway,
  })
}
