import type { Sql } from '#db/tx'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import { type Holder, stateAt } from '#journal/entry'
import { answerOperation } from '#journal/operation-answer'
import { entriesOf } from '#journal/store'
import type { Services } from '#services'

const REMOVALS = ['tenants.delete', 'invites.delete']

/** 202 with the removal of which nobody knows what became of it, which is not sent a second time; null without one. */
export async function answerUnsettledRemoval(
  sql: Sql,
  { now }: Pick<Services, 'now'>,
  { caller }: Call,
  resource: Holder,
): Promise<Answer | null> {
  const entries = await entriesOf(sql, caller.accountId, resource)
  const at = now()
  const removal = entries.find(
    entry => REMOVALS.includes(entry.operation) && stateAt(entry, at) === 'unknown',
  )
  return removal ? answerOperation(removal, at) : null
}
