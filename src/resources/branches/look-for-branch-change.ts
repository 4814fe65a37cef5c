import type { Lookup } from '#journal/lookup'
import { shownChange } from '#journal/shown-change'

/** Whether a branch presents itself as it was to. */
export const lookForBranchChange: Lookup<'branches.update'> = async (look, { branch_id, changes }) => {
  const { value, payload } = await look.read('branches.get', { branch_id })
  return shownChange(value, changes, { providerIds: [], value, payload })
}
