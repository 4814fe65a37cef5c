import type { Preview } from '#contract/providers'
import { Invite, type InviteInput } from '#contract/tenants'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import { createOnce, type Creation } from '#journal/create-once'
import type { NewStep } from '#journal/journal'
import { type ReachableOrder, reachOrder } from '#resources/orders/find-order'
import { inviteeOf } from '#resources/orders/invites/invitee-of'
import { findInvite, insertInvite, knownInvites } from '#resources/orders/invites/store'
import { ORDER_ID } from '#resources/orders/plan-order'
import { lockOrderRow } from '#resources/orders/store'
import { recordPeople, tryReadPeople } from '#resources/orders/tenants/match-people'
import { demandSendable, previewStep } from '#journal/preview-step'
import { knownTenants } from '#resources/orders/tenants/store'
import type { Services } from '#services'
import { idFromUuid, newUuid, uuidOf } from '#values/ids'

function toStep(
  { connection, providerBranchId }: ReachableOrder,
  invite: InviteInput,
  orderId: string,
): NewStep {
  const input = { order_id: orderId, branch_id: providerBranchId, invite }
  return { operation: 'invites.create', connection, input }
}

/** What an invitation would send. Sends and stores nothing. */
export async function previewInvite(
  services: Services,
  call: Call,
  orderId: string,
  invite: InviteInput,
): Promise<Preview> {
  const reachable = await reachOrder(services, call, orderId, 'invites.create')
  return previewStep(services, call, toStep(reachable, invite, reachable.providerOrderId))
}

function toCreation(
  services: Services,
  call: Call,
  reachable: ReachableOrder,
  invite: InviteInput,
): Creation {
  const uuid = newUuid()
  const { order, connection } = reachable
  const { first_name, last_name, phone } = invite
  return {
    resource: { prefix: 'invite', uuid },
    step: toStep(reachable, invite, ORDER_ID),
    writeDown: async tx => {
      await lockOrderRow(tx, call.caller, order.id)
      const tenants = await knownTenants(tx, call.caller, {
        orderUuid: order.id,
        connectionId: connection.id,
      })
      const invitee = inviteeOf(phone, tenants, await knownInvites(tx, call.caller, order.id))
      insertInvite(tx, call.caller, {
        uuid,
        orderUuid: order.id,
        tenantUuid: invitee?.uuid ?? null,
        firstName: first_name,
        lastName: last_name,
        phone,
        timesSent: null,
        at: services.now(),
      })
    },
    learn: async () => {
      const people = await tryReadPeople(services, call, reachable, ['invites'])
      return async tx => {
        if (people) await recordPeople(tx, services, call, reachable, people)
      }
    },
  }
}

/** Invites somebody by SMS to sign up as a bill payer: written down first, sent once. */
export function createInvite(
  services: Services,
  call: Call,
  orderId: string,
  invite: InviteInput,
): Promise<Answer> {
  return createOnce(services, call, {
    prepare: async () => {
      const reachable = await reachOrder(services, call, orderId, 'invites.create')
      await demandSendable(services, call, toStep(reachable, invite, ORDER_ID))
      return toCreation(services, call, reachable, invite)
    },
    show: async (sql, uuid) => {
      const found = await findInvite(sql, call.caller, uuidOf('order', orderId), uuid)
      if (!found) throw notFound('invite')
      const location = `/v1/orders/${orderId}/invites/${idFromUuid('invite', uuid)}`
      return respond(Invite, found.invite, { status: 201, headers: { location } })
    },
  })
}
