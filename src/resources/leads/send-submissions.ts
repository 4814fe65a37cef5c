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
  try {
    return await services.journal.advanceAll(entries, { requestId, traceparent }, async tx => {
      const answer = answerWithLead(await showLead(services, call, uuid, tx), settledStatus)
      await claim.settle(tx, answer)
      return answer
    })
  } catch (err) {
    if (err instanceof LeaseLost) return answerWithLead(await showLead(services, call, uuid), settledStatus)
    throw err
  } finally {
    call.spentUpstream(performance.now() - started)
  }
}
