import type { FastifyInstance } from 'fastify'
import { AuditEntry, AuditQuery } from '#contract/audit-log'
import { listOf } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { listAuditLog } from '#resources/audit-log/list-audit-log'
import type { Services } from '#services'

const AuditEntries = listOf(AuditEntry, 'What was done, newest first.')

export function auditLogRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/audit-log',
    operationId: 'listAuditLog',
    tag: 'Audit log',
    summary: 'List who did what',
    description:
      'What was done in your account by keys of your mode and by the operator, newest first: keys and accounts made and ended, webhooks and houses changed, operations resolved by a person. It is kept for good and holds no personal values.',
    takes: { query: AuditQuery },
    answers: { 200: { description: 'A page of entries.', schema: AuditEntries } },
    problems: [],
    handle: async ({ query }, call) => respond(AuditEntries, await listAuditLog(services, call, query)),
  })
}
