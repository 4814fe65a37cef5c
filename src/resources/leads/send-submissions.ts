import type { Tx } from '#db/tx'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import type { Claim } from '#http/idempotency/idempotency'
import type { Entry } from '#journal/entry'
import { LeaseLost } from '#journal/journal'
import { answerWithLead, showLead } from '#resources/leads/read-leads'
import type { Services } from '#services'

/**
 * Sends what was written down, all at once; the answer is stored in the commit that settles the last of it. What
 * another process has taken over meanwhile is answered as it stands.
 */
export async function sendSubmissions(
  services: Services,
  call: Call,
  {
    uuid,
    entries,
    claim,
    settledStatus,
  }: { uuid: string; entries: readonly Entry[]; claim: Claim; settledStatus: 200 | 201 },
): Promise<Answer> {
  const started = performance.now()
  const { requestId, traceparent } = call
  const settleAsItStands = async (tx: Tx) => {
    const answer = answerWithLead(await showLead(services, call, uuid, tx), settledStatus)
    claim.settle(tx, answer)
    return answer
  }
  try {
    return await services.journal.advanceAll(entries, { requestId, traceparent }, settleAsItStands)
  } catch (err) {
    if (err instanceof LeaseLost) return await services.database.transaction(settleAsItStands)
    throw err
  } finally {
    call.spentUpstream(performance.now() - started)
  }
}
