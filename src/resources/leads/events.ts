import type { EventType } from '#contract/events'
import type { Lead } from '#contract/leads'
import type { Tx } from '#db/tx'
import { appendEvent } from '#events/append-event'
import type { LeadRow, SubmissionRow } from '#resources/leads/store'
import { idFromUuid } from '#values/ids'

type About = Pick<LeadRow, 'id' | 'account_id' | 'mode'>

function tell(tx: Tx, lead: About, type: EventType, data: Record<string, unknown>, at: Date): void {
  appendEvent(tx, {
    accountId: lead.account_id,
    mode: lead.mode,
    type,
    resource: { prefix: 'lead', uuid: lead.id },
    data: { id: idFromUuid('lead', lead.id), ...data },
    at,
  })
}

/** `lead.submitted` or `lead.failed`, for each provider and contact; nothing while the outcome is not known. */
export function tellSubmission(tx: Tx, lead: About, submission: SubmissionRow, at: Date): void {
  const { provider, status, tenant_id, operation_id, provider_ids, error } = submission
  if (status === 'unknown') return
  const data = {
    provider,
    status,
    tenant_id: tenant_id && idFromUuid('tenant', tenant_id),
    operation_id: operation_id && idFromUuid('operation', operation_id),
    provider_ids,
    code: error?.code ?? null,
  }
  tell(tx, lead, status === 'submitted' ? 'lead.submitted' : 'lead.failed', data, at)
}

export function tellStatus(
  tx: Tx,
  lead: About,
  { status, previous }: { status: Lead['status']; previous: Lead['status'] },
  at: Date,
): void {
  tell(tx, lead, 'lead.status_changed', { status, previous_status: previous }, at)
}

/** `lead.status_changed` for a provider that has done what the lead sets off there; the lead's own status stays. */
export function tellCompletion(
  tx: Tx,
  lead: About & Pick<LeadRow, 'status'>,
  { provider, tenant_id, provider_ids }: SubmissionRow,
  { completedAt, at }: { completedAt: string; at: Date },
): void {
  const data = {
    status: lead.status,
    previous_status: lead.status,
    provider,
    tenant_id: tenant_id && idFromUuid('tenant', tenant_id),
    provider_ids,
    completed_at: completedAt,
  }
  tell(tx, lead, 'lead.status_changed', data, at)
}
