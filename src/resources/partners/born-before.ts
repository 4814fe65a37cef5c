import type { FieldError } from '#contract/vocabulary'
import { invalid } from '#http/problem-error'
import type { Services } from '#services'
import { type PlainDate, plainDateOf } from '#values/dates'

interface Represented {
  readonly legal_representative?: { readonly date_of_birth?: string | null } | null
}

/** What is wrong with a birth date of today or later. */
export function unborn(pointer: string, born: PlainDate | null | undefined, today: PlainDate): FieldError[] {
  if (!born || born < today) return []
  return [{ pointer, code: 'out_of_range', message: 'must be in the past' }]
}

/** Throws `validation_failed` for a representative who is born today or later. */
export function demandBorn({ now }: Pick<Services, 'now'>, { legal_representative }: Represented): void {
  const pointer = '/legal_representative/date_of_birth'
  const wrong = unborn(pointer, legal_representative?.date_of_birth, plainDateOf(now()))
  if (wrong.length > 0) throw invalid(...wrong)
}
