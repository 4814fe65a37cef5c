import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { idOf, listOf, PreviewQuery } from '#contract/vocabulary'
import {
  Operation,
  OperationParams,
  OperationQuery,
  OperationReadQuery,
  Resolution,
} from '#contract/operations'
import { Preview } from '#contract/providers'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { endpoint } from '#http/endpoint'
import type { Entry } from '#journal/entry'
import { findOperation, findUnresolvedOf } from '#resources/operations/find-unresolved'
import { previewResolution } from '#resources/operations/preview-resolution'
import { getOperation, listOperations } from '#resources/operations/read-operations'
import { resolveOperation } from '#resources/operations/resolve-operation'
import type { Services } from '#services'

const tag = 'Operations'
const Operations = listOf(Operation, 'Operations, newest first.')

/** What the three ways to resolve have in common. */
const resolving = {
  method: 'POST',
  tag,
  answers: {
    200: {
      description: 'The operation, settled or sent again; with `preview=true`: what would be sent.',
      schema: z.union([Operation, Preview]),
    },
    202: {
      description: 'The operation: it was sent again, and what became of that is not known.',
      schema: Operation,
    },
  },
  problems: [
    'idempotency_conflict',
    'idempotency_mismatch',
    'provider_auth_failed',
    'provider_error',
    'provider_rejected',
    'provider_timeout',
    'provider_unavailable',
    'state_conflict',
  ],
} as const

interface Resolving {
  readonly body: Resolution
  readonly query: z.output<typeof PreviewQuery>
  readonly call: Call
}

export function operationRoutes(app: FastifyInstance, services: Services): void {
  async function resolve(find: () => Promise<Entry>, { body, query, call }: Resolving): Promise<Answer> {
    if (query.preview === 'true') return respond(Preview, await previewResolution(services, call, find, body))
    return resolveOperation(services, call, find, body)
  }

  endpoint(app, {
    method: 'GET',
    path: '/v1/operations',
    operationId: 'listOperations',
    tag,
    summary: 'List operations',
    description:
      'Everything unsafe that was to be done at a provider, newest first. `state=unknown` is the list of what a person may have to look into.',
    takes: { query: OperationQuery },
    answers: { 200: { description: 'A page of operations.', schema: Operations } },
    problems: [],
    handle: async ({ query }, call) => respond(Operations, await listOperations(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/operations/{operation_id}',
    operationId: 'getOperation',
    tag,
    summary: 'Get an operation',
    description:
      'One operation with its state, and why it did not succeed. With `refresh=true` it is looked for at its provider first, where nobody knows its outcome; what cannot be read or proven leaves it as it was.',
    takes: { params: OperationParams, query: OperationReadQuery },
    answers: { 200: { description: 'The operation.', schema: Operation } },
    problems: [],
    handle: async ({ params, query }, call) => {
      const refresh = query.refresh === 'true'
      return respond(Operation, await getOperation(services, call, params.operation_id, refresh))
    },
  })

  endpoint(app, {
    ...resolving,
    path: '/v1/operations/{operation_id}/resolve',
    operationId: 'resolveOperation',
    summary: 'Say what became of an operation',
    description:
      'For an operation whose outcome is `unknown`: look at the provider, then say whether it happened. What happened is taken up with `provider_id`, and what was to follow it goes on; through a connection that is lent to you, only with an id that the provider shows to be of this operation. What did not is settled, or with `send_again` sent again under a new reference. Saying the same once more changes nothing; saying otherwise is a conflict. Kept in the audit log.',
    takes: { params: OperationParams, body: Resolution, query: PreviewQuery },
    handle: ({ params, body, query }, call) =>
      resolve(() => findOperation(services, call, params.operation_id), { body, query, call }),
  })

  endpoint(app, {
    ...resolving,
    path: '/v1/orders/{order_id}/resolve',
    operationId: 'resolveOrder',
    summary: "Say what became of an order's unknown operation",
    description: 'The short form of resolving the one operation of the order whose outcome is unknown.',
    takes: { params: z.strictObject({ order_id: idOf('order') }), body: Resolution, query: PreviewQuery },
    handle: ({ params, body, query }, call) => {
      const order = { prefix: 'order' as const, id: params.order_id }
      return resolve(() => findUnresolvedOf(services, call, order, body), { body, query, call })
    },
  })

  endpoint(app, {
    ...resolving,
    path: '/v1/leads/{lead_id}/resolve',
    operationId: 'resolveLead',
    summary: "Say what became of a lead's unknown operation",
    description:
      'The short form of resolving the one operation of the lead whose outcome is unknown. Where there are several, the conflict names them.',
    takes: { params: z.strictObject({ lead_id: idOf('lead') }), body: Resolution, query: PreviewQuery },
    handle: ({ params, body, query }, call) => {
      const lead = { prefix: 'lead' as const, id: params.lead_id }
      return resolve(() => findUnresolvedOf(services, call, lead, body), { body, query, call })
    },
  })
}
