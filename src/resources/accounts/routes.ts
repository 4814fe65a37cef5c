import type { FastifyInstance } from 'fastify'
import { Account, AccountRequest } from '#contract/accounts'
import { endpoint } from '#http/endpoint'
import { createAccount } from '#resources/accounts/create-account'
import type { Services } from '#services'

export function accountRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/accounts',
    operationId: 'createAccount',
    tag: 'Accounts and keys',
    summary: 'Create an account',
    description:
      'A further customer, who sees nothing of any other, with a first key of scope `admin`. Takes a key with the scope `platform`, such as the bootstrap key. The answer is the only one that shows the key; repeating the request with its `Idempotency-Key` shows it again for 24 hours, in which that answer is kept encrypted. A test key makes accounts with a test key only (403).',
    takes: { body: AccountRequest },
    answers: { 201: { description: 'The account with its first key.', schema: Account } },
    problems: ['idempotency_conflict', 'idempotency_mismatch'],
    handle: ({ body }, call) => createAccount(services, call, body),
  })
}
