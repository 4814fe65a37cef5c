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

/** The people and submissions of leads. */
interface People {
  readonly tenants: readonly StoredTenant[]
  readonly submissions: readonly SubmissionRow[]
}

/** One statement each for a whole page. */
export async function peopleOf(sql: Sql, accountId: string, leadUuids: readonly string[]): Promise<People> {
  const [tenants, submissions] = await Promise.all([
    tenantsOfLeads(sql, accountId, leadUuids),
    submissionsOf(sql, accountId, leadUuids),
  ])
  return { tenants, submissions }
}

/** A lead, with those of `people` that belong to it. */
export function toLead(row: LeadRow, people: People): Lead {
  const tenants = people.tenants.filter(tenant => tenant.leadUuid === row.id)
  const submissions = people.submissions.filter(submission => submission.lead_id === row.id)
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

/** Leads with their people and submissions. */
export async function showLeads(sql: Sql, accountId: string, rows: readonly LeadRow[]): Promise<Lead[]> {
  const uuids = rows.map(row => row.id)
  const people = await peopleOf(sql, accountId, uuids)
  return rows.map(row => toLead(row, people))
}
