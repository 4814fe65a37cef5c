import type { ContactInput } from '#contract/tenants'
import type { Tx } from '#db/tx'
import type { Call } from '#http/caller'
import type { Entry } from '#journal/entry'
import type { NewStep } from '#journal/journal'
import { ensureProperty } from '#properties/ensure-property'
import { houseOf } from '#resources/addresses/resolve-address'
import { type CheckedSubmission, rejectionOf } from '#resources/leads/check-submissions'
import { tellSubmission } from '#resources/leads/events'
import type { WantedLead } from '#resources/leads/prepare-lead'
import { insertLead, insertSubmission, type LeadRow, type SubmissionRow } from '#resources/leads/store'
import type { Services } from '#services'
import { insertTenant } from '#tenants/store'
import { newUuid, uuidOf } from '#values/ids'

/** A lead of which at least one submission can be sent. */
export interface CheckedLead {
  readonly wanted: WantedLead
  readonly submissions: readonly CheckedSubmission[]
}

interface NewLead {
  readonly uuid: string
  readonly checked: CheckedLead
  readonly at: Date
}

function toRow(call: Call, wanted: WantedLead, { uuid, at }: Pick<NewLead, 'uuid' | 'at'>): LeadRow {
  return {
    id: uuid,
    account_id: call.caller.accountId,
    mode: call.caller.mode,
    // Until all is settled nobody can know.
    status: 'unknown',
    quote_id: wanted.quote_id && uuidOf('quote', wanted.quote_id),
    offer_id: wanted.offer_id && uuidOf('offer', wanted.offer_id),
    property_id: null,
    branch_id: wanted.branch?.uuid ?? null,
    address: wanted.resolved?.address ?? null,
    tenancy_start: wanted.tenancy.start_date,
    tenancy_end: wanted.tenancy.end_date,
    notifications: wanted.notifications,
    existing_tenancy: wanted.existing_tenancy,
    managing_party_name: wanted.managing_party_name,
    property_reference: wanted.property_reference,
    source: wanted.source,
    metadata: wanted.metadata,
    created_at: at,
    updated_at: at,
  }
}

async function writePeople(
  tx: Tx,
  lead: LeadRow,
  contacts: readonly ContactInput[],
  uuids: readonly string[],
): Promise<void> {
  const scope = { accountId: lead.account_id, mode: lead.mode }
  const written = contacts.map((contact, position) =>
    insertTenant(tx, scope, {
      uuid: uuids[position] ?? newUuid(),
      orderUuid: null,
      leadUuid: lead.id,
      position,
      firstName: contact.first_name,
      lastName: contact.last_name,
      email: contact.email,
      phone: contact.phone,
      countryCode: contact.country_code ?? null,
      dateOfBirth: null,
      nationality: null,
      billingAddress: null,
      at: lead.created_at,
    }),
  )
  await Promise.all(written)
}

/** A submission as it begins: being sent, or rejected because its provider cannot be told this. */
function toSubmission(
  { id, account_id, mode }: LeadRow,
  submission: CheckedSubmission,
  { tenant, operation }: { tenant: string | null; operation: string | null },
): SubmissionRow {
  const rejection = rejectionOf(submission)
  return {
    id: newUuid(),
    account_id,
    mode,
    lead_id: id,
    provider: submission.connection.provider,
    tenant_id: tenant,
    operation_id: operation,
    status: rejection ? 'rejected' : 'unknown',
    provider_ids: [],
    error: rejection,
    completed_at: null,
  }
}

function toStep({ connection, draft }: CheckedSubmission, tenantUuid: string | null): NewStep {
  const subject = tenantUuid === null ? null : { prefix: 'tenant' as const, uuid: tenantUuid }
  return { operation: 'leads.create', connection, input: draft, subject }
}

/** The lead with its house, its people, its submissions and their operations, marked as being sent. */
export async function writeLead(
  tx: Tx,
  services: Pick<Services, 'journal'>,
  call: Call,
  { uuid, checked, at }: NewLead,
): Promise<Entry[]> {
  const { wanted, submissions } = checked
  const row = toRow(call, wanted, { uuid, at })
  const house = wanted.resolved && {
    address: houseOf(wanted.resolved),
    propertyReference: wanted.property_reference,
    at,
  }
  const tenants = wanted.tenants.map(() => newUuid())
  const tenantOf = ({ isAboutOne, firstTenant }: CheckedSubmission) =>
    isAboutOne ? (tenants[firstTenant] ?? null) : null
  const sendable = submissions.filter(submission => rejectionOf(submission) === null)
  const steps = sendable.map(submission => toStep(submission, tenantOf(submission)))
  const [entries, property_id] = await Promise.all([
    services.journal.plan(tx, call.caller, { prefix: 'lead', uuid }, steps, 'all'),
    house && ensureProperty(tx, call.caller, house),
    writePeople(tx, row, wanted.tenants, tenants),
  ])
  const written = submissions.flatMap(submission => {
    const operation = entries[sendable.indexOf(submission)]?.id ?? null
    const submitted = toSubmission(row, submission, { tenant: tenantOf(submission), operation })
    return [insertSubmission(tx, submitted), tellSubmission(tx, row, submitted, at)]
  })
  await Promise.all([insertLead(tx, { ...row, property_id }), ...written])
  return entries
}
