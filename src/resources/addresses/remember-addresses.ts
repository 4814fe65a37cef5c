import type { FoundAddress } from '#contract/addresses'
import type { Sql } from '#db/tx'
import type { Call } from '#http/caller'
import { KEPT_DAYS, keepAddresses } from '#resources/addresses/store'
import type { Services } from '#services'
import { addDays } from '#values/dates'

/** Keeps addresses that the caller is being shown, so that each can be named by its id for 30 days. */
export function rememberAddresses(
  sql: Sql,
  { now }: Pick<Services, 'now'>,
  { caller }: Call,
  shown: readonly Omit<FoundAddress, 'object'>[],
): Promise<void> {
  return keepAddresses(sql, caller, shown, addDays(now(), KEPT_DAYS))
}
