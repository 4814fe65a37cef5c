import type { z } from 'zod'
import { Lead, type LeadQuery } from '#contract/leads'
import type { Sql } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import { lookForUnknown } from '#journal/look-for-unknown'
import { readPayloads } from '#payloads/provider-payloads'
import { refreshLead } from '#resources/leads/refresh-lead'
import { peopleOf, showLeads, toLead } from '#resources/leads/show-leads'
import { findLeadRow, type LeadRow, listLeadRows } from '#resources/leads/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Throws `not_found`. */
export async function findLead(sql: Sql, call: Call, uuid: string): Promise<LeadRow> {
  const row = await findLeadRow(sql, call.caller, uuid)
  if (row) return row
  throw notFound('lead')
}

/** One lead as it stands, in a transaction where its `Sql` is given. Throws `not_found`. */
export async function showLead(
  services: Pick<Services, 'database'>,
  call: Call,
  uuid: string,
  sql: Sql = services.database.sql,
): Promise<Lead> {
  const { accountId } = call.caller
  const [row, people] = await Promise.all([findLead(sql, call, uuid), peopleOf(sql, accountId, [uuid])])
  return toLead(row, people)
}

/** A lead as the answer to what was done with it: 202 while nobody knows whether all of it happened. */
export function answerWithLead(lead: Lead, settledStatus: 200 | 201): Answer {
  const status = lead.status === 'unknown' ? 202 : settledStatus
  return respond(Lead, lead, { status, headers: { location: `/v1/leads/${lead.id}` } })
}

/** One lead; read again at its providers first with `refresh`, with their own payloads with `withProviderData`. */
export async function getLead(
  services: Services,
  call: Call,
  leadId: string,
  { refresh, withProviderData }: { refresh: boolean; withProviderData: boolean },
): Promise<Lead> {
  const uuid = uuidOf('lead', leadId)
  if (refresh) {
    await lookForUnknown(services, call, { uuid })
    await refreshLead(services, call, uuid)
  }
  const lead = await showLead(services, call, uuid)
  if (!withProviderData) return lead
  const holder = { prefix: 'lead' as const, uuid }
  const { database, vault } = services
  return { ...lead, provider_data: await readPayloads(database.sql, vault, call.caller, holder) }
}

/** A page of the account's leads, newest first. */
export async function listLeads(
  services: Services,
  call: Call,
  query: z.output<typeof LeadQuery>,
): Promise<Page<Lead>> {
  const page = services.cursors.read(query, 'leads', call.caller)
  const { sql } = services.database
  const filter = {
    status: query.status ?? null,
    branch_id: query.branch_id === undefined ? null : uuidOf('branch', query.branch_id),
  }
  const rows = await listLeadRows(sql, call.caller, filter, page)
  const leads = await showLeads(sql, call.caller.accountId, rows)
  return services.cursors.page(leads, page, 'leads', call.caller, lead => uuidOf('lead', lead.id))
}
