import type { FastifyInstance } from 'fastify'
import { ApiKey, ApiKeyParams, ApiKeyQuery, ApiKeyRequest, ApiKeyRotation } from '#contract/api-keys'
import { listOf } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { createApiKey } from '#resources/api-keys/create-api-key'
import { getApiKey, listApiKeys } from '#resources/api-keys/read-api-keys'
import { revokeApiKey } from '#resources/api-keys/revoke-api-key'
import { rotateApiKey } from '#resources/api-keys/rotate-api-key'
import type { Services } from '#services'

const tag = 'Accounts and keys'
const ApiKeys = listOf(ApiKey, 'Keys, newest first.')

export function apiKeyRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/api-keys',
    operationId: 'createApiKey',
    tag,
    summary: 'Create a key',
    description:
      'The answer is the only one that shows the key; repeating the request with its `Idempotency-Key` shows it again for 24 hours, in which that answer is kept encrypted. A key can give only what it may do itself: `platform` takes `platform`. A live key makes keys of both modes, a test key test keys only (403).',
    takes: { body: ApiKeyRequest },
    answers: { 201: { description: 'The key with its secret.', schema: ApiKey } },
    problems: ['idempotency_conflict', 'idempotency_mismatch'],
    handle: ({ body }, call) => createApiKey(services, call, body, app.scopes),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/api-keys',
    operationId: 'listApiKeys',
    tag,
    summary: 'List keys',
    description:
      'Those of one mode, newest first, ended ones included, none with its secret. A live key sees both modes, a test key those of mode test only (403).',
    takes: { query: ApiKeyQuery },
    answers: { 200: { description: 'A page of keys.', schema: ApiKeys } },
    problems: [],
    handle: async ({ query }, call) => respond(ApiKeys, await listApiKeys(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/api-keys/{key_id}',
    operationId: 'getApiKey',
    tag,
    summary: 'Get a key',
    description: 'Without its secret. A test key sees no live ones.',
    takes: { params: ApiKeyParams },
    answers: { 200: { description: 'The key.', schema: ApiKey } },
    problems: [],
    handle: async ({ params }, call) => respond(ApiKey, await getApiKey(services, call, params.key_id)),
  })

  endpoint(app, {
    method: 'DELETE',
    path: '/v1/api-keys/{key_id}',
    operationId: 'revokeApiKey',
    tag,
    summary: 'Revoke a key',
    description:
      'It is refused from now on: by this process at once, by others within five seconds. It stays in the list, with `revoked_at`. A key may revoke itself, and the last one of an account too: the operator can make another. The key of `BILLBRIDGE_API_KEY` is valid again after the next start.',
    takes: { params: ApiKeyParams },
    answers: { 204: { description: 'Revoked, now or before.' } },
    problems: [],
    handle: ({ params }, call) => revokeApiKey(services, call, params.key_id),
  })

  endpoint(app, {
    method: 'POST',
    path: '/v1/api-keys/{key_id}/rotate',
    operationId: 'rotateApiKey',
    tag,
    summary: 'Replace a key',
    description:
      'Makes another key with the same name, scopes, mode, metadata and end, and shows it. The old one is revoked at once, or after `overlap_seconds`. A key that rotates itself should leave an overlap, so that it can repeat the request when the answer is lost. 409 for a key that has ended, and for a bootstrap key, which `BILLBRIDGE_API_KEY` changes; 403 for one that may do more than yours.',
    takes: { params: ApiKeyParams, body: ApiKeyRotation },
    answers: { 201: { description: 'The new key with its secret.', schema: ApiKey } },
    problems: ['state_conflict', 'idempotency_conflict', 'idempotency_mismatch'],
    handle: ({ params, body }, call) => rotateApiKey(services, call, params.key_id, body),
  })
}
