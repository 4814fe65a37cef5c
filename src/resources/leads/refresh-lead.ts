import { callProvider } from '#connections/call-provider'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import { entriesOf } from '#journal/store'
import { keepPayload } from '#payloads/provider-payloads'
import type { Connection, Deadline } from '#providers/call-context'
import { createDeadline } from '#providers/deadline'
import type { ProviderLead } from '#providers/port/leads'
import { ProviderError } from '#providers/provider-error'
import { supports } from '#providers/registry'
import type { RunResult } from '#providers/run'
import { tellCompletion } from '#resources/leads/events'
import { branchAt, findBranch, type KnownBranch } from '#resources/branches/find-branch'
import { mapAnswer, propertyOf } from '#resources/leads/record-answer'
import {
  completeSubmission,
  findLeadRow,
  type LeadRow,
  lockLeadRow,
  type SubmissionRow,
  submissionsOf,
  updateLead,
} from '#resources/leads/store'
import type { Services } from '#services'

/** A submission that exists at its provider, and the way there. */
interface Target {
  readonly submission: SubmissionRow
  readonly connection: Connection
  readonly providerLeadId: string
}

interface Reading extends Target {
  readonly run: RunResult<ProviderLead>
}

async function targetsOf(
  services: Services,
  call: Call,
  uuid: string,
  only: string | null,
): Promise<Target[]> {
  const { sql } = services.database
  const entries = new Map(
    (await entriesOf(sql, call.caller.accountId, { uuid })).map(entry => [entry.id, entry]),
  )
  const submissions = await submissionsOf(sql, call.caller.accountId, [uuid])
  return submissions.flatMap(submission => {
    const [providerLeadId] = submission.provider_ids
    const madeThrough = submission.operation_id && entries.get(submission.operation_id)?.connectionId
    if (only !== null && madeThrough !== only) return []
    const connection = madeThrough ? services.connections.through(call.caller, madeThrough) : null
    const readable = supports(submission.provider, 'leads.get')
    return connection && readable && providerLeadId ? [{ submission, connection, providerLeadId }] : []
  })
}

/** The error when the provider could not be read: that changes nothing. */
async function read(
  services: Services,
  call: Call,
  target: Target,
  { deadline, branch }: { deadline: Deadline; branch: KnownBranch | null },
): Promise<Reading | ProviderError> {
  const { submission, connection, providerLeadId: lead_id } = target
  const resource = { prefix: 'lead' as const, uuid: submission.lead_id }
  const at = { lead_id, branch_id: branchAt(submission.provider, branch) }
  try {
    const to = { connection, deadline, resource }
    return { ...target, run: await callProvider(services, call, to, 'leads.get', at) }
  } catch (err) {
    if (err instanceof ProviderError) return err
    throw err
  }
}

async function readAll(services: Services, call: Call, lead: LeadRow, only: string | null) {
  const targets = await targetsOf(services, call, lead.id, only)
  const branch = lead.branch_id ? await findBranch(services, call, lead.branch_id) : null
  const deadline = createDeadline(services.config.providerTimeoutMs)
  const started = performance.now()
  try {
    const readings = targets.map(target => read(services, call, target, { deadline, branch }))
    return await Promise.all(readings)
  } finally {
    call.spentUpstream(performance.now() - started)
    deadline.dispose()
  }
}

async function record(
  services: Services,
  call: Call,
  uuid: string,
  readings: readonly Reading[],
): Promise<void> {
  const { database, vault } = services
  const at = services.now()
  await database.transaction(async tx => {
    const lead = await lockLeadRow(tx, call.caller, uuid)
    if (!lead) throw notFound('lead')
    let { property_id } = lead
    let changed = false
    for (const { submission, connection, providerLeadId, run } of readings) {
      const { provider, id: connectionId } = connection
      const { value, payload } = run
      const known = { id: providerLeadId, property: value.property }
      property_id = await propertyOf(tx, { ...lead, property_id }, known, at)
      await mapAnswer(tx, { ...lead, property_id }, known, { connectionId, provider, at })
      if (
        value.completed_at !== null &&
        (await completeSubmission(tx, submission.id, new Date(value.completed_at)))
      ) {
        changed = true
        await tellCompletion(tx, lead, submission, { completedAt: value.completed_at, at })
      }
      if (payload) keepPayload(tx, vault, call.caller, { prefix: 'lead', uuid }, { provider, payload })
    }
    if (changed || property_id !== lead.property_id) updateLead(tx, uuid, { ...lead, property_id, at })
  })
}

/**
 * Reads every submission that is known at its provider and keeps what it says: when it was completed, which house it
 * is. A provider that cannot be read leaves its part as it was; its error is answered. `only` names the one connection
 * to read through. Throws `not_found`.
 */
export async function refreshLead(
  services: Services,
  call: Call,
  uuid: string,
  only: string | null = null,
): Promise<readonly ProviderError[]> {
  const { database } = services
  const found = await findLeadRow(database.sql, call.caller, uuid)
  if (!found) throw notFound('lead')
  const all = await readAll(services, call, found, only)
  const readings = all.flatMap(reading => (reading instanceof ProviderError ? [] : [reading]))
  if (readings.length > 0) await record(services, call, uuid, readings)
  return all.filter(reading => reading instanceof ProviderError)
}
