import type { Tx } from '#db/tx'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import type { Entry, Holder } from '#journal/entry'
import { LeaseLost, type NewStep } from '#journal/journal'
import { answerOperation } from '#journal/operation-answer'
import { entriesOf, isUnderWay } from '#journal/store'
import { ProviderError } from '#providers/provider-error'
import type { Services } from '#services'

/** Something that one unsafe operation changes or takes away. */
export interface Change {
  readonly resource: Holder
  readonly step: NewStep
  /**
   * Holds the resource's row until the commit. Gives an answer when nothing is left to do; throws a problem when it
   * cannot be changed (any more).
   */
  readonly hold: (tx: Tx) => Promise<Answer | null>
  /** The answer, in the commit that settles it. `value` is what the provider answered. */
  readonly done: (tx: Tx, value: unknown) => Promise<Answer>
  /** Whether a refusal says that it is as wanted already. */
  readonly isAsWanted?: (error: ProviderError) => boolean
}

type Begun = { readonly entry: Entry } | { readonly answer: Answer }

async function begin(services: Services, call: Call, { resource, step, hold }: Change): Promise<Begun> {
  const { database, journal, now } = services
  return database.transaction(async tx => {
    const answer = await hold(tx)
    if (answer) return { answer }
    if (await isUnderWay(tx, call.caller.accountId, resource.uuid, now()))
      throw new ProblemError('state_conflict', 'Another change of it is under way.', {
        headers: { 'retry-after': '1' },
      })
    const [entry] = await journal.plan(tx, call.caller, resource, [step], 'first')
    if (!entry) throw new TypeError('nothing was planned')
    return { entry }
  })
}

/** The operation as whoever took it over has left it. */
async function answerAsLeft(services: Services, { id, accountId, resource }: Entry): Promise<Answer> {
  const entries = await entriesOf(services.database.sql, accountId, resource)
  const entry = entries.find(candidate => candidate.id === id)
  if (!entry) throw new TypeError('an operation that was written down is gone')
  return answerOperation(entry, services.now())
}

/**
 * Serves a PATCH or DELETE that is one unsafe operation: written down, sent once, never sent again. Answers `done`, or
 * 202 with the operation while nobody knows. Throws ProviderError when it was refused or not sent.
 */
export async function changeOnce(services: Services, call: Call, change: Change): Promise<Answer> {
  const begun = await begin(services, call, change)
  if ('answer' in begun) return begun.answer
  try {
    const outcome = await services.journal.advance(begun.entry, call, async (tx, { entry, sent }) => {
      if (sent.ok) {
        call.spentUpstream(sent.run.upstreamMs)
        return change.done(tx, sent.run.value)
      }
      if (sent.error.facts.outcome === 'unknown') return answerOperation(entry, services.now())
      return change.isAsWanted?.(sent.error) ? change.done(tx, undefined) : sent.error
    })
    if (outcome instanceof ProviderError) throw outcome
    return outcome
  } catch (err) {
    if (err instanceof LeaseLost) return answerAsLeft(services, begun.entry)
    throw err
  }
}
