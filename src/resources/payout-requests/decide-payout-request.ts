import type { z } from 'zod'
import { PayoutRequestDecision } from '#contract/payout-requests'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import { getPayoutRequest, PAYOUT_REQUEST } from '#resources/payout-requests/read-payout-requests'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

const states = { validate: 'validated', cancel: 'cancelled' } as const
export type Decision = keyof typeof states

/** Throws `state_conflict` when it does not wait any more. A state that we do not know may be one of waiting. */
async function demandWaiting(services: Services, call: Call, id: string): Promise<void> {
  const { state } = await getPayoutRequest(services, call, id)
  if (state === 'validated' || state === 'cancelled')
    throw new ProblemError('state_conflict', `The payout request is ${state} already.`)
}

/** Validates a payout request, which pays it out, or cancels it: written down first, sent once. */
export function decidePayoutRequest(
  services: Services,
  call: Call,
  { id, decision, query }: { id: string; decision: Decision; query: z.output<typeof PreviewQuery> },
): Promise<Answer> {
  const deed = {
    operation: `payoutRequests.${decision}` as const,
    input: { id },
    done: () => respond(PayoutRequestDecision, shown(call, PAYOUT_REQUEST, { id, state: states[decision] })),
  }
  return performOrPreview(services, call, query, deed, {
    target: { kind: PAYOUT_REQUEST, id },
    check: () => demandWaiting(services, call, id),
  })
}
