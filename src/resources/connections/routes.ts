import type { FastifyInstance } from 'fastify'
import {
  Connection,
  ConnectionChanges,
  ConnectionParams,
  ConnectionQuery,
  ConnectionRequest,
  ConnectionVerification,
} from '#contract/connections'
import { listOf, NoBody } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { createConnection } from '#resources/connections/create-connection'
import { deleteConnection } from '#resources/connections/delete-connection'
import { getConnection, listConnections } from '#resources/connections/read-connections'
import { updateConnection } from '#resources/connections/update-connection'
import { verifyConnection } from '#resources/connections/verify-connection'
import type { Services } from '#services'

const tag = 'Connections'
const WITH_KEY = ['idempotency_conflict', 'idempotency_mismatch'] as const
const Connections = listOf(Connection, 'Connections, newest first.')
const one = { 200: { description: 'The connection.', schema: Connection } }

export function connectionRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/connections',
    operationId: 'createConnection',
    tag,
    summary: 'Enter credentials of your own',
    description:
      'From now on the provider is called with them for you, in the mode of your key, and what shows a whole account there is open to you. There is one connection per provider and mode. Credentials are kept encrypted and never shown again.',
    takes: { body: ConnectionRequest },
    answers: { 201: { description: 'The connection.', schema: Connection } },
    problems: ['state_conflict', ...WITH_KEY],
    handle: ({ body }, call) => createConnection(services, call, body),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/connections',
    operationId: 'listConnections',
    tag,
    summary: 'List connections',
    description:
      'Newest first: those that you have entered, and those that the service brings along where they are yours. What is lent to you is not listed; `GET /v1/providers` shows it.',
    takes: { query: ConnectionQuery },
    answers: { 200: { description: 'A page of connections.', schema: Connections } },
    problems: [],
    handle: async ({ query }, call) => respond(Connections, await listConnections(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/connections/{connection_id}',
    operationId: 'getConnection',
    tag,
    summary: 'Get a connection',
    description: 'Which credentials are set, and nothing of what they are.',
    takes: { params: ConnectionParams },
    answers: one,
    problems: [],
    handle: async ({ params }, call) =>
      respond(Connection, await getConnection(services, call, params.connection_id)),
  })

  endpoint(app, {
    method: 'PATCH',
    path: '/v1/connections/{connection_id}',
    operationId: 'updateConnection',
    tag,
    summary: 'Change a connection',
    description:
      'It keeps its id, and with it all that was made through it. With another `base_url` the credentials have to come again: those that are kept are sent to no other address. What the service brings along cannot be changed.',
    takes: { params: ConnectionParams, body: ConnectionChanges },
    answers: one,
    problems: ['state_conflict'],
    handle: async ({ params, body }, call) =>
      respond(Connection, await updateConnection(services, call, params.connection_id, body)),
  })

  endpoint(app, {
    method: 'DELETE',
    path: '/v1/connections/{connection_id}',
    operationId: 'deleteConnection',
    tag,
    summary: 'Delete a connection',
    description:
      'Its credentials are wiped, and what was made through it can be read here, but not at the provider any more. What the service brings along cannot be deleted.',
    takes: { params: ConnectionParams },
    answers: { 204: { description: 'Deleted, now or before.' } },
    problems: ['state_conflict'],
    handle: ({ params }, call) => deleteConnection(services, call, params.connection_id),
  })

  endpoint(app, {
    method: 'POST',
    path: '/v1/connections/{connection_id}/verify',
    operationId: 'verifyConnection',
    tag,
    summary: 'Try the credentials',
    description:
      'Makes the one harmless authenticated call that the provider has, and says what came of it and what to do. Housr has none.',
    takes: { params: ConnectionParams, body: NoBody },
    answers: { 200: { description: 'What came of it.', schema: ConnectionVerification } },
    problems: WITH_KEY,
    handle: ({ params }, call) => verifyConnection(services, call, params.connection_id),
  })
}
