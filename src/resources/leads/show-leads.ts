import type { Lead, LeadSubmission } from '#contract/leads'
import type { Sql } from '#db/tx'
import { type LeadRow, type SubmissionRow, submissionsOf } from '#resources/leads/store'
import { type StoredTenant, tenantsOfLeads } from '#tenants/store'
import { type IdPrefix, idFromUuid } from '#values/ids'

function idOrNull(prefix: IdPrefix, uuid: string | null): string | null {
  return uuid && idFromUuid(prefix, uuid)
}

function toSubmission(row: SubmissionRow): LeadSubmission {
  const { provider, status, provider_ids, error } = row
  return {
    provider,
    status,
    tenant_id: idOrNull('tenant', row.tenant_id),
    operation_id: idOrNull('operation', row.operation_id),
    provider_ids,
    error,
    completed_at: row.completed_at?.toISOString() ?? null,
  }
}

function toLead(row: LeadRow, tenants: readonly StoredTenant[], submissions: readonly SubmissionRow[]): Lead {
  return {
    id: idFromUuid('lead', row.id),
    object: 'lead',
    mode: row.mode,
    status: row.status,
    quote_id: idOrNull('quote', row.quote_id),
    offer_id: idOrNull('offer', row.offer_id),
    property_id: idOrNull('property', row.property_id),
    branch_id: idOrNull('branch', row.branch_id),
    address: row.address,
    tenancy: { start_date: row.tenancy_start, end_date: row.tenancy_end },
    tenants: tenants.map(({ tenant }) => tenant),
    notifications: row.notifications,
    existing_tenancy: row.existing_tenancy,
    managing_party_name: row.managing_party_name,
    property_reference: row.property_reference,
    source: row.source,
    submissions: submissions.map(toSubmission),
    metadata: row.metadata,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

/** Leads with their people and submissions: one statement each for a whole page. */
export async function showLeads(sql: Sql, accountId: string, rows: readonly LeadRow[]): Promise<Lead[]> {
  const uuids = rows.map(row => row.id)
  const tenants = await tenantsOfLeads(sql, accountId, uuids)
  const submissions = await submissionsOf(sql, accountId, uuids)
  return rows.map(row =>
    toLead(
      row,
      tenants.filter(tenant => tenant.leadUuid === row.id),
      submissions.filter(submission => submission.lead_id === row.id),
    ),
  )
}
