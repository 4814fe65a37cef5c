import { z } from 'zod'
import { Address } from '#contract/addresses'
import { Metadata, Mode, ProviderId } from '#contract/vocabulary'
import { Lead, leadStatuses, submissionStatuses } from '#contract/leads'
import { ProviderFailure } from '#contract/problems'
import { insertRow } from '#db/insert-row'
import { newestFirst, onTheWay } from '#db/newest-first'
import type { Sql, Tx } from '#db/tx'
import type { PageRequest } from '#http/list'
import { LAST_UUID } from '#values/ids'

const LeadColumns = z.object({
  id: z.string(),
  account_id: z.string(),
  mode: Mode,
  status: z.enum(leadStatuses),
  quote_id: z.string().nullable(),
  offer_id: z.string().nullable(),
  property_id: z.string().nullable(),
  branch_id: z.string().nullable(),
  address: Address.nullable(),
  tenancy_start: z.string().nullable(),
  tenancy_end: z.string().nullable(),
  notifications: z.boolean(),
  existing_tenancy: z.boolean(),
  managing_party_name: z.string().nullable(),
  property_reference: z.string().nullable(),
  source: Lead.shape.source,
  metadata: Metadata,
  created_at: z.date(),
  updated_at: z.date(),
})
/** A lead as it is kept; ids are UUIDs. Its people and submissions stand elsewhere. */
export type LeadRow = z.output<typeof LeadColumns>

const SubmissionColumns = z.object({
  id: z.string(),
  account_id: z.string(),
  mode: Mode,
  lead_id: z.string(),
  provider: ProviderId,
  tenant_id: z.string().nullable(),
  operation_id: z.string().nullable(),
  status: z.enum(submissionStatuses),
  provider_ids: z.array(z.string()),
  error: ProviderFailure.nullable(),
  completed_at: z.date().nullable(),
})
/** What became of a lead at one provider, as it is kept. */
export type SubmissionRow = z.output<typeof SubmissionColumns>

type Scope = { readonly accountId: string; readonly mode: Mode }

const AS_JSON = new Set(['address', 'source', 'metadata', 'provider_ids', 'error'])

export function insertLead(tx: Tx, lead: LeadRow): void {
  insertRow(tx, 'leads', lead, AS_JSON)
}

export function insertSubmission(tx: Tx, submission: SubmissionRow): void {
  insertRow(tx, 'lead_submissions', submission, AS_JSON)
}

const LEAD_COLUMNS = Object.keys(LeadColumns.shape).join(', ')
const FIND = `SELECT ${LEAD_COLUMNS} FROM leads WHERE id = $1 AND account_id = $2 AND mode = $3`

export async function findLeadRow(sql: Sql, scope: Scope, uuid: string): Promise<LeadRow | null> {
  const { rows } = await sql.query(FIND, [uuid, scope.accountId, scope.mode])
  return rows.length === 0 ? null : LeadColumns.parse(rows[0])
}

/** Holds the row until the commit. */
export async function lockLeadRow(tx: Tx, scope: Scope, uuid: string): Promise<LeadRow | null> {
  const { rows } = await tx.query(`${FIND} FOR UPDATE`, [uuid, scope.accountId, scope.mode])
  return rows.length === 0 ? null : LeadColumns.parse(rows[0])
}

const UPDATE_LEAD = 'UPDATE leads SET status = $2, property_id = $3, updated_at = $4 WHERE id = $1'

export function updateLead(
  tx: Tx,
  uuid: string,
  { status, property_id, at }: Pick<LeadRow, 'status' | 'property_id'> & { at: Date },
): void {
  tx.write(UPDATE_LEAD, [uuid, status, property_id, at])
}

export interface LeadFilter {
  readonly status: LeadRow['status'] | null
  readonly branch_id: string | null
}

/** A page of leads, newest first, one row more than asked for. */
export async function listLeadRows(
  sql: Sql,
  scope: Scope,
  { status, branch_id }: LeadFilter,
  page: PageRequest,
): Promise<LeadRow[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const ofStatus = status === null ? [] : [['status', status] as const]
  const along = branch_id === null ? ofStatus : [['branch_id', branch_id] as const]
  const others = branch_id === null || status === null ? [] : [`status = ${parameter(status)}`]
  const { where, orderBy } = newestFirst(scope, along, page.after ?? LAST_UUID, parameter)
  const { rows } = await sql.query(
    `SELECT ${LEAD_COLUMNS} FROM leads WHERE ${where} AND ${onTheWay(others)} ORDER BY ${orderBy} LIMIT ${parameter(page.limit + 1)}`,
    values,
  )
  return z.array(LeadColumns).parse(rows)
}

const SUBMISSIONS = `
  SELECT ${Object.keys(SubmissionColumns.shape).join(', ')} FROM lead_submissions
  WHERE account_id = $1 AND lead_id = ANY($2::uuid[]) ORDER BY id`

/** The submissions of leads, in the order in which they were made. */
export async function submissionsOf(
  sql: Sql,
  accountId: string,
  leadUuids: readonly string[],
): Promise<SubmissionRow[]> {
  const { rows } = await sql.query(SUBMISSIONS, [accountId, leadUuids])
  return z.array(SubmissionColumns).parse(rows)
}

const UPDATE_SUBMISSION = `
  UPDATE lead_submissions SET status = $2, provider_ids = $3, error = $4, completed_at = $5 WHERE id = $1`

export function updateSubmission(
  tx: Tx,
  { id, status, provider_ids, error, completed_at }: Omit<SubmissionRow, 'tenant_id'>,
): void {
  const values = [id, status, JSON.stringify(provider_ids), error && JSON.stringify(error), completed_at]
  tx.write(UPDATE_SUBMISSION, values)
}

const COMPLETE = `
  UPDATE lead_submissions SET completed_at = $2 WHERE id = $1 AND completed_at IS DISTINCT FROM $2`

/** Notes when the provider had done what the lead sets off; false when that was known. */
export async function completeSubmission(tx: Tx, id: string, completedAt: Date): Promise<boolean> {
  return (await tx.query(COMPLETE, [id, completedAt])).rowCount === 1
}
