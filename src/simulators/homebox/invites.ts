import type { Endpoint } from '#simulators/core/endpoint'
import { byName, byPostcode } from '#simulators/core/magic'
import { type Behalf, ownBehalf } from '#simulators/homebox/behalf'
import { idIn, notFound, read } from '#simulators/homebox/dialect'
import { orderOf } from '#simulators/homebox/orders'
import { Invitee } from '#simulators/homebox/person-fields'
import type { HomeboxContext, Invite } from '#simulators/homebox/state'

function inviteJson(invite: Invite) {
  return { ...invite, total_sent: '1' }
}

/** Answers one sentence in a list and no id. */
export function createInvite(context: HomeboxContext, behalf: Behalf): Endpoint {
  return {
    operation: behalf.named('invites.create'),
    method: 'POST',
    path: `${behalf.prefix}/order/:order_id/invite`,
    effect: 'kept',
    renamed: ['data', 'result'],
    accept: call => {
      const branchId = behalf.branchId(call)
      const order = orderOf(context, call)
      if (branchId !== null && order.branch_id !== branchId) throw notFound()
      const invitee = read(Invitee, call.body)
      return {
        triggers: [byName(invitee.last_name)],
        apply: () => {
          order.invites.push({ id: context.store.nextId(), ...invitee })
          context.orders.put(order.id, order)
          return { status: 200, body: { data: [`Tenant was successfully added to order ${order.id}`] } }
        },
      }
    },
  }
}

function listInvites(context: HomeboxContext): Endpoint {
  return {
    operation: 'invites.list',
    method: 'GET',
    path: '/api/partner/order/:order_id/invite',
    effect: 'none',
    renamed: ['phone_number', 'mobile'],
    accept: call => {
      const order = orderOf(context, call)
      return {
        triggers: [byPostcode('read', order.property.postcode)],
        apply: () => ({ status: 200, body: { data: order.invites.map(inviteJson) } }),
      }
    },
  }
}

function deleteInvite(context: HomeboxContext): Endpoint {
  return {
    operation: 'invites.delete',
    method: 'DELETE',
    path: '/api/partner/order/:order_id/invite/:invite_id',
    effect: 'kept',
    renamed: ['message', 'text'],
    accept: call => {
      const order = orderOf(context, call)
      const id = Number(idIn(call.params, 'invite_id'))
      if (!order.invites.some(invite => invite.id === id)) throw notFound()
      return {
        triggers: [byPostcode('remove', order.property.postcode)],
        apply: () => {
          order.invites = order.invites.filter(invite => invite.id !== id)
          context.orders.put(order.id, order)
          return { status: 200, body: { message: 'Invite has been deleted' } }
        },
      }
    },
  }
}

export function inviteEndpoints(context: HomeboxContext): Endpoint[] {
  return [createInvite(context, ownBehalf), listInvites(context), deleteInvite(context)]
}
