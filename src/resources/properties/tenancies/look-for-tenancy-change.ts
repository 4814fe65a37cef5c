import type { Lookup } from '#journal/lookup'
import { shownChange } from '#journal/shown-change'

/** Whether a tenancy has the dates that it was to be given. */
export const lookForTenancyChange: Lookup<'tenancies.update'> = async (look, { changes, ...at }) => {
  const { value, payload } = await look.read('tenancies.get', at)
  return shownChange(value, changes, { providerIds: [], value, payload })
}
