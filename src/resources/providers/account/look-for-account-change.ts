import type { Lookup } from '#journal/lookup'
import { shownChange } from '#journal/shown-change'

/** Whether the account presents itself as it was to. */
export const lookForAccountChange: Lookup<'account.update'> = async (look, { changes }) => {
  const { value } = await look.read('account.get', {})
  return shownChange(value, changes, { providerIds: [] })
}
