import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { idOf, listOf, PreviewQuery } from '#contract/vocabulary'
import { Lead, LeadQuery, LeadReadQuery, LeadRequest, LeadRetry } from '#contract/leads'
import { Preview } from '#contract/providers'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { supporting } from '#providers/registry'
import { createLead } from '#resources/leads/create-lead'
import { previewLead, previewRetry } from '#resources/leads/preview-lead'
import { getLead, listLeads } from '#resources/leads/read-leads'
import { retryLead } from '#resources/leads/retry-lead'
import type { Services } from '#services'

const tag = 'Leads'
const Leads = listOf(Lead, 'Leads, newest first.')
const LeadId = z.strictObject({ lead_id: idOf('lead') })

export function leadRoutes(app: FastifyInstance, services: Services): void {
  const operation = { name: 'leads.create', supportedBy: supporting('leads.create') }

  endpoint(app, {
    method: 'POST',
    path: '/v1/leads',
    operationId: 'createLead',
    tag,
    summary: 'Hand a household to providers',
    description:
      'Written down first, then sent to all providers at once; `submissions` says what became of each. A provider that cannot be told (a field that only it needs), refuses or fails costs its own submission only. The same key gives the same answer and never sends twice.',
    takes: { body: LeadRequest, query: PreviewQuery },
    answers: {
      200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
      201: { description: 'The lead, every outcome known; `status` may be `failed`.', schema: Lead },
      202: { description: 'The lead; a provider may have taken it without our knowing.', schema: Lead },
    },
    problems: [
      'capability_not_supported',
      'provider_not_connected',
      'state_conflict',
      'idempotency_conflict',
      'idempotency_mismatch',
    ],
    operation,
    handle: async ({ body, query }, call) => {
      if (query.preview === 'true') return respond(Preview, await previewLead(services, call, body))
      return createLead(services, call, body)
    },
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/leads',
    operationId: 'listLeads',
    tag,
    summary: 'List leads',
    description: 'Your leads, newest first.',
    takes: { query: LeadQuery },
    answers: { 200: { description: 'A page of leads.', schema: Leads } },
    problems: [],
    handle: async ({ query }, call) => respond(Leads, await listLeads(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/leads/{lead_id}',
    operationId: 'getLead',
    tag,
    summary: 'Get a lead',
    description:
      'One lead with what became of it at each provider. With `refresh=true` it is read at the providers first; one that cannot be read leaves its part as it was, and `include=provider_data` tells by `fetched_at` when each was last read.',
    takes: { params: LeadId, query: LeadReadQuery },
    answers: { 200: { description: 'The lead.', schema: Lead } },
    problems: [],
    operation: { name: 'leads.get', supportedBy: supporting('leads.get'), also: ['leads.scan'] },
    handle: async ({ params, query }, call) => {
      const wishes = {
        refresh: query.refresh === 'true',
        withProviderData: query.include === 'provider_data',
      }
      return respond(Lead, await getLead(services, call, params.lead_id, wishes))
    },
  })

  endpoint(app, {
    method: 'POST',
    path: '/v1/leads/{lead_id}/retry',
    operationId: 'retryLead',
    tag,
    summary: 'Send again what failed',
    description:
      'Sends the `failed` submissions again: those that no provider can have taken, for a reason that does not lie with the lead. What was rejected would be rejected again, and what is unknown is never sent again before somebody says what happened.',
    takes: { params: LeadId, body: LeadRetry.nullish(), query: PreviewQuery },
    answers: {
      200: {
        description: 'The lead, every outcome known; with `preview=true`: what would be sent.',
        schema: z.union([Lead, Preview]),
      },
      202: { description: 'The lead; a provider may have taken it without our knowing.', schema: Lead },
    },
    problems: ['state_conflict', 'idempotency_conflict', 'idempotency_mismatch'],
    operation,
    handle: async ({ params, body, query }, call) => {
      const { lead_id } = params
      if (query.preview === 'true')
        return respond(Preview, await previewRetry(services, call, lead_id, body ?? null))
      return retryLead(services, call, lead_id, body ?? null)
    },
  })
}
