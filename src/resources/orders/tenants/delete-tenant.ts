import type { Tx } from '#db/tx'
import { type Answer, NO_CONTENT } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound, ProblemError } from '#http/problem-error'
import { changeOnce } from '#journal/change-once'
import type { NewStep } from '#journal/journal'
import { findOrder, type ReachableOrder, reachOrder } from '#resources/orders/find-order'
import { liveInviteOf } from '#resources/orders/invites/store'
import { ORDER_ID } from '#resources/orders/plan-order'
import { refreshPeople } from '#resources/orders/tenants/match-people'
import { wasAway } from '#resources/orders/tenants/outcome'
import { INVITE_ID, TENANT_ID } from '#resources/orders/tenants/placeholders'
import { findTenantState, isInQuestion, lockTenant, setTenantDeleted } from '#resources/orders/tenants/store'
import { answerUnsettledRemoval } from '#resources/orders/tenants/unsettled-removal'
import type { TenantNames } from '#resources/orders/tenants/update-tenant'
import type { Services } from '#services'
import { findTenantOfOrder } from '#tenants/store'
import { uuidOf } from '#values/ids'

function removal({ connection }: ReachableOrder): NewStep {
  return {
    operation: 'tenants.delete',
    connection,
    input: { order_id: ORDER_ID, tenant_id: TENANT_ID },
  }
}

function withdrawal({ connection }: ReachableOrder): NewStep {
  return {
    operation: 'invites.delete',
    connection,
    input: { order_id: ORDER_ID, invite_id: INVITE_ID },
  }
}

/** What takes somebody off at the provider: a bill payer is removed, an invitation withdrawn; null where it has neither. */
async function stepFor(
  services: Services,
  call: Call,
  reachable: ReachableOrder,
  uuid: string,
): Promise<NewStep | null> {
  const { sql } = services.database
  const isPayer = async () => {
    const stored = await findTenantOfOrder(sql, call.caller, reachable.order.id, uuid)
    return (stored?.tenant.provider_ids.length ?? 0) > 0
  }
  if (await isPayer()) return removal(reachable)
  await refreshPeople(services, call, reachable, ['tenants', 'invites'])
  if (await isPayer()) return removal(reachable)
  const invite = await liveInviteOf(sql, call.caller, uuid)
  return invite?.providerId ? withdrawal(reachable) : null
}

/** Takes off somebody whom the provider does not have. Throws `state_conflict` while that may still change. */
async function takeOff(tx: Tx, services: Services, call: Call, uuid: string): Promise<void> {
  const tenant = await lockTenant(tx, call.caller, uuid)
  if (!tenant || tenant.deleted_at) return
  if (await isInQuestion(tx, call.caller, { uuid, orderUuid: tenant.order_id }))
    throw new ProblemError(
      'state_conflict',
      'It is not known whether the provider has this tenant: an operation is not settled yet.',
    )
  setTenantDeleted(tx, call.caller, uuid, services.now())
}

/**
 * Removes a bill payer from an order at the provider, or withdraws the invitation of somebody who has not signed up.
 * Somebody who is not there any more is removed already. Throws `not_found` for an unknown id.
 */
export async function deleteTenant(
  services: Services,
  call: Call,
  { orderId, tenantId }: TenantNames,
): Promise<Answer> {
  const { database } = services
  const uuid = uuidOf('tenant', tenantId)
  const order = await findOrder(services, call, orderId)
  const tenant = await findTenantState(database.sql, call.caller, uuid)
  if (tenant?.order_id !== order.id) throw notFound('tenant')
  if (tenant.deleted_at) return NO_CONTENT
  const resource = { prefix: 'tenant' as const, uuid }
  const reachable = await reachOrder(services, call, orderId, 'tenants.delete')
  const earlier = await answerUnsettledRemoval(database.sql, services, call, resource)
  if (earlier) return earlier
  const step = await stepFor(services, call, reachable, uuid)
  if (step === null) {
    await database.transaction(tx => takeOff(tx, services, call, uuid))
    return NO_CONTENT
  }
  return changeOnce(services, call, {
    resource,
    step,
    hold: async tx => {
      const held = await lockTenant(tx, call.caller, uuid)
      if (!held || held.deleted_at) return NO_CONTENT
      return answerUnsettledRemoval(tx, services, call, resource)
    },
    done: () => Promise.resolve(NO_CONTENT),
    isAsWanted: wasAway,
  })
}
