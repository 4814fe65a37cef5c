import { z } from 'zod'
import type { Tx } from '#db/tx'
import type { Entry } from '#journal/entry'
import type { Journaled } from '#journal/journaled'
import { tellStatus, tellSubmission } from '#resources/leads/events'
import { statusOfLead, statusOfSubmission } from '#resources/leads/lead-status'
import { inOurRequest } from '#resources/leads/our-pointers'
import { mapAnswer, propertyOf } from '#resources/leads/record-answer'
import {
  type LeadRow,
  lockLeadRow,
  type SubmissionRow,
  submissionsOf,
  updateLead,
  updateSubmission,
} from '#resources/leads/store'
import { tenantsOfLeads } from '#tenants/store'

const text = z.string().nullable()
const Answered = z.object({
  id: z.string(),
  completed_at: text,
  property: z
    .object({
      id: text,
      address: z.object({ line_1: text, line_2: text, city: text, county: text, postcode: text }).nullable(),
    })
    .nullable(),
})

async function leadOf(tx: Tx, entry: Entry): Promise<LeadRow> {
  const lead = await lockLeadRow(tx, entry, entry.resource.uuid)
  if (!lead) throw new TypeError('an operation names a lead that does not exist')
  return lead
}

/** The operation's failure in the names of the request that made the lead. */
async function failureIn(tx: Tx, entry: Entry): Promise<Entry['error']> {
  if (entry.error === null || entry.error.errors.length === 0) return entry.error
  const tenants = await tenantsOfLeads(tx, entry.accountId, [entry.resource.uuid])
  const about = tenants.find(tenant => tenant.uuid === entry.subject?.uuid)
  return inOurRequest(entry.error, about?.position ?? 0)
}

/** The submission as its operation leaves it. */
async function outcomeOf(
  tx: Tx,
  before: SubmissionRow,
  entry: Entry,
  completedAt: string | null,
): Promise<SubmissionRow> {
  const status = statusOfSubmission(entry)
  return {
    ...before,
    status,
    provider_ids: [...entry.providerIds],
    error: status === 'submitted' ? null : await failureIn(tx, entry),
    completed_at: completedAt === null ? before.completed_at : new Date(completedAt),
  }
}

/** Works out the lead's status from its submissions and tells of a change. The caller holds the lead's row. */
export async function settleLead(
  tx: Tx,
  lead: LeadRow,
  { submissions, property_id }: { submissions: readonly SubmissionRow[]; property_id: string | null },
  at: Date,
): Promise<void> {
  const status = statusOfLead(submissions)
  await Promise.all([
    updateLead(tx, lead.id, { status, property_id, at }),
    status === lead.status ? null : tellStatus(tx, lead, { status, previous: lead.status }, at),
  ])
}

/** What the journal knows of leads: each operation is one submission. */
export const leadJournaled: Journaled = {
  table: 'leads',
  complete: (_sql, _entry, input) => Promise.resolve(input),
  idsOf: (_entry, value) => [Answered.parse(value).id],

  async settled(tx, entry, value, at) {
    const [lead, rows] = await Promise.all([
      leadOf(tx, entry),
      submissionsOf(tx, entry.accountId, [entry.resource.uuid]),
    ])
    const before = rows.find(row => row.operation_id === entry.id)
    if (!before) throw new TypeError('an operation of a lead belongs to no submission')
    const answer = value === undefined ? null : Answered.parse(value)
    const after = await outcomeOf(tx, before, entry, answer?.completed_at ?? null)
    const by = { connectionId: entry.connectionId, provider: entry.provider, at }
    const [id] = after.status === 'submitted' ? entry.providerIds : []
    const known = answer ?? (id === undefined ? null : { id, property: null })
    const property_id = known ? await propertyOf(tx, lead, known, at) : lead.property_id
    const submissions = rows.map(row => (row === before ? after : row))
    await Promise.all([
      known && mapAnswer(tx, { ...lead, property_id }, known, by),
      updateSubmission(tx, after),
      after.status === before.status ? null : tellSubmission(tx, lead, after, at),
      settleLead(tx, lead, { submissions, property_id }, at),
    ])
  },
}
