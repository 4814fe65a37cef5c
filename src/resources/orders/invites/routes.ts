import type { FastifyInstance } from 'fastify'
import { idOf, ListQuery, listOf, PreviewQuery } from '#contract/vocabulary'
import { Preview } from '#contract/providers'
import { Invite, InviteInput } from '#contract/tenants'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import {
  FROM_PROVIDER,
  NOT_KNOWN,
  OrderParams,
  RefreshQuery,
  WITH_KEY,
  wishesOf,
} from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { createInvite, previewInvite } from '#resources/orders/invites/create-invite'
import { deleteInvite } from '#resources/orders/invites/delete-invite'
import { getInvite, listInvites } from '#resources/orders/invites/read-invites'
import type { Services } from '#services'

const tag = 'Tenants'
const Invites = listOf(Invite, 'The open invitations to an order.')
const InviteParams = OrderParams.extend({ invite_id: idOf('invite') })

export function inviteRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/orders/{order_id}/invites',
    operationId: 'createInvite',
    tag,
    summary: 'Invite somebody to an order',
    description:
      'Texts a sign-up link. Whoever signs up is a tenant of the order from then on, and no invitation any more.',
    takes: { params: OrderParams, body: InviteInput, query: PreviewQuery },
    answers: {
      200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
      201: { description: 'The invitation.', schema: Invite },
      202: NOT_KNOWN,
    },
    problems: [...FROM_PROVIDER, ...WITH_KEY],
    operation: operationOf('invites.create'),
    handle: async ({ params: { order_id }, body, query }, call) =>
      query.preview === 'true'
        ? respond(Preview, await previewInvite(services, call, order_id, body))
        : createInvite(services, call, order_id, body),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/invites',
    operationId: 'listInvites',
    tag,
    summary: 'List the open invitations to an order',
    description:
      'Read at the provider, in its order; then those that it does not list (yet), without `provider_ids`.',
    takes: { params: OrderParams, query: ListQuery },
    answers: { 200: { description: 'A page of invitations.', schema: Invites } },
    problems: FROM_PROVIDER,
    operation: operationOf('invites.list'),
    handle: async ({ params, query }, call) =>
      respond(Invites, await listInvites(services, call, params.order_id, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/invites/{invite_id}',
    operationId: 'getInvite',
    tag,
    summary: 'Get an invitation',
    description:
      'As last seen. `refresh=true` reads the invitations to the order at the provider first. 404 once it was followed or withdrawn.',
    takes: { params: InviteParams, query: RefreshQuery },
    answers: { 200: { description: 'The invitation.', schema: Invite } },
    problems: FROM_PROVIDER,
    handle: async ({ params: { order_id: orderId, invite_id: inviteId }, query }, call) =>
      respond(Invite, await getInvite(services, call, { orderId, inviteId }, wishesOf(query))),
  })

  endpoint(app, {
    method: 'DELETE',
    path: '/v1/orders/{order_id}/invites/{invite_id}',
    operationId: 'deleteInvite',
    tag,
    summary: 'Withdraw an invitation',
    description:
      'While it is not known what became of a withdrawal, asking again answers the same operation.',
    takes: { params: InviteParams },
    answers: { 202: NOT_KNOWN, 204: { description: 'Withdrawn, now or before.' } },
    problems: FROM_PROVIDER,
    operation: operationOf('invites.delete'),
    handle: ({ params: { order_id: orderId, invite_id: inviteId } }, call) =>
      deleteInvite(services, call, { orderId, inviteId }),
  })
}
