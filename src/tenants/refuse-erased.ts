import { ProblemError } from '#http/problem-error'

/** Throws `state_conflict` for somebody whose data was erased: nothing new is written over that. */
export function refuseErased(person: { readonly erased_at: Date | string | null }): void {
  if (person.erased_at === null) return
  throw new ProblemError(
    'state_conflict',
    'The data of this person was erased: they can be removed, or added anew as somebody else.',
  )
}
