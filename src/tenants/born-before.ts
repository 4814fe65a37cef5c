import type { FieldError } from '#contract/vocabulary'
import { invalid } from '#http/problem-error'
import type { Services } from '#services'
import { type PlainDate, plainDateOf } from '#values/dates'

/** What is wrong with a birth date of today or later. */
export function unborn(pointer: string, born: PlainDate | null | undefined, today: PlainDate): FieldError[] {
  if (!born || born < today) return []
  return [{ pointer, code: 'out_of_range', message: 'must be in the past' }]
}

type Clock = Pick<Services, 'now'>

/** Throws `validation_failed` for a birth date of today or later. */
export function demandBornBefore({ now }: Clock, pointer: string, born: PlainDate | null | undefined): void {
  const wrong = unborn(pointer, born, plainDateOf(now()))
  if (wrong.length > 0) throw invalid(...wrong)
}
