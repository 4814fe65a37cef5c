import type { Config } from '#config'
import type { Tx } from '#db/tx'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import type { Claim } from '#http/idempotency/idempotency'
import { problemAnswer, toProblem } from '#http/render-problem'
import { ProblemError } from '#http/problem-error'
import type { ProviderError } from '#providers/provider-error'

/** What the provider decided is remembered under the key; what lies with us or was never sent may be tried again. */
const REMEMBERED = ['provider_rejected', 'address_ambiguous']

/**
 * The answer for an operation that was refused or not sent: the problem, naming the resource that stays behind. Settles
 * or frees the key in the same commit. A ProviderError whose outcome is unknown has no place here: that is a 202.
 */
export async function concludeFailure(
  tx: Tx,
  { config }: { config: Pick<Config, 'publicUrl'> },
  call: Call,
  { claim, error, resource }: { claim: Claim; error: ProviderError; resource: string },
): Promise<Answer> {
  const problem = toProblem(error)
  const named = new ProblemError(problem.code, problem.message, {
    fields: problem.fields,
    members: { ...problem.members, resource },
    headers: problem.headers,
    cause: error,
  })
  const answer = problemAnswer(named, call.requestId, config.publicUrl ?? '')
  if (error.facts.outcome === 'refused' && REMEMBERED.includes(error.facts.code)) claim.settle(tx, answer)
  else await claim.free(tx)
  return answer
}
