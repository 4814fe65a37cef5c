import { invalid } from '#http/problem-error'
import type { Services } from '#services'
import { plainDateOf } from '#values/dates'

interface Represented {
  readonly legal_representative?: { readonly date_of_birth?: string | null } | null
}

/** Throws `validation_failed` for a representative who is born today or later. */
export function demandBorn({ now }: Pick<Services, 'now'>, { legal_representative }: Represented): void {
  const born = legal_representative?.date_of_birth
  if (!born || born < plainDateOf(now())) return
  const pointer = '/legal_representative/date_of_birth'
  throw invalid({ pointer, code: 'out_of_range', message: 'must be in the past' })
}
