import type { LeadRetry } from '#contract/leads'
import type { Tx } from '#db/tx'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import type { FreeKey } from '#http/idempotency/idempotency'
import { notFound, ProblemError } from '#http/problem-error'
import type { Entry } from '#journal/entry'
import { entriesOf, isUnderWay } from '#journal/store'
import { settleLead } from '#resources/leads/journaled'
import { chooseRetries } from '#resources/leads/plan-retry'
import { answerWithLead, findLead, showLead } from '#resources/leads/read-leads'
import { sendSubmissions } from '#resources/leads/send-submissions'
import { type LeadRow, lockLeadRow, submissionsOf, updateSubmission } from '#resources/leads/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

async function startAgain(tx: Tx, services: Services, chosen: readonly Entry[]): Promise<Entry[]> {
  const started: Entry[] = []
  for (const entry of chosen) {
    const again = await services.journal.again(tx, entry, {})
    if (!again) throw new ProblemError('state_conflict', 'A submission has changed meanwhile.')
    started.push(again)
  }
  return started
}

/** Being sent again reads as unknown, of the submissions and so of the lead. */
async function markSending(tx: Tx, services: Services, lead: LeadRow, entries: readonly Entry[]) {
  const sending = new Set(entries.map(entry => entry.id))
  const rows = await submissionsOf(tx, lead.account_id, [lead.id])
  const submissions = rows.map(row =>
    row.operation_id && sending.has(row.operation_id)
      ? { ...row, status: 'unknown' as const, error: null }
      : row,
  )
  for (const submission of submissions) if (!rows.includes(submission)) updateSubmission(tx, submission)
  await settleLead(tx, lead, { submissions, property_id: lead.property_id }, services.now())
}

async function sendAgain(
  services: Services,
  call: Call,
  { uuid, named }: { uuid: string; named: readonly string[] | null },
  key: FreeKey,
): Promise<Answer> {
  const { accountId } = call.caller
  const { entries, claim } = await services.database.transaction(async tx => {
    const taken = await key.take(tx, { prefix: 'lead', uuid })
    const lead = await lockLeadRow(tx, call.caller, uuid)
    if (!lead) throw notFound('lead')
    const chosen = chooseRetries(await entriesOf(tx, accountId, { uuid }), named)
    const started = await startAgain(tx, services, chosen)
    await markSending(tx, services, lead, started)
    return { entries: started, claim: taken }
  })
  return sendSubmissions(services, call, { uuid, entries, claim, settledStatus: 200 })
}

/**
 * Sends again what is safe to repeat: submissions that were not sent, or refused for a reason that lies with us.
 * Throws `not_found`, `validation_failed`, and `state_conflict` when nothing, or not what was named, can be sent again.
 */
export function retryLead(
  services: Services,
  call: Call,
  leadId: string,
  body: LeadRetry | null,
): Promise<Answer> {
  const uuid = uuidOf('lead', leadId)
  const { sql } = services.database
  const named = body?.operation_ids ?? null
  return services.idempotency.neverTwice(call, {
    prepare: async () => {
      await findLead(sql, call, uuid)
      chooseRetries(await entriesOf(sql, call.caller.accountId, { uuid }), named)
      return key => sendAgain(services, call, { uuid, named }, key)
    },
    isUnderWay: resource => isUnderWay(sql, call.caller.accountId, resource.uuid, services.now()),
    fromResource: async resource => answerWithLead(await showLead(services, call, resource.uuid), 200),
  })
}
