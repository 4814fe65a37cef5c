import type { Resolution } from '#contract/operations'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import { type Entry, stateAt } from '#journal/entry'
import { answerFor, answerSame, reload, sendAsTold, settleAsTold } from '#resources/operations/carry-out'
import { checkResolution } from '#resources/operations/check-resolution'
import { isResolvedAs } from '#resources/operations/resolution'
import type { Services } from '#services'

/** The operation with its outcome unknown also in the journal, once whoever was sending it has gone silent. */
async function endSilent(services: Services, call: Call, entry: Entry): Promise<Entry> {
  if (entry.state !== 'sending' || stateAt(entry, services.now()) !== 'unknown') return entry
  await services.journal.giveUp(entry)
  return reload(services.database.sql, call, entry.id)
}

/**
 * Takes a person's word for what became of an operation whose outcome is unknown: once, however often and by however
 * many it is given. `find` says which one they speak of. Throws `state_conflict` when it is not unknown (any more) or
 * cannot be sent again, and `validation_failed` for a provider's id that is missing or cannot be right.
 */
export function resolveOperation(
  services: Services,
  call: Call,
  find: () => Promise<Entry>,
  body: Resolution,
): Promise<Answer> {
  const { database, now } = services
  return services.idempotency.neverTwice(call, {
    prepare: async () => {
      const entry = await endSilent(services, call, await find())
      if (isResolvedAs(entry, body))
        return key => database.transaction(tx => answerSame(tx, services, { entry, body, key }))
      await checkResolution(services, call, entry, body)
      const carryOut = body.send_again ? sendAsTold : settleAsTold
      return key => carryOut(services, call, { entry, body, key })
    },
    isUnderWay: async ({ uuid }) => stateAt(await reload(database.sql, call, uuid), now()) === 'sending',
    fromResource: async ({ uuid }) => answerFor(await reload(database.sql, call, uuid), now()),
  })
}
