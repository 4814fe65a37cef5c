import { z } from 'zod'
import type { FieldError } from '#contract/vocabulary'
import type { Currency, Money } from '#values/money'
import { moneyFromDecimal } from '#values/money'

/** A decimal in major units, as text or number. What is no decimal is off contract, never zero. */
export function decimalMoney(currency: Currency) {
  return z.union([z.string(), z.number()]).transform((decimal, context): Money => {
    try {
      return moneyFromDecimal(decimal, currency)
    } catch {
      context.addIssue({ code: 'custom', message: 'not a decimal amount' })
      return z.NEVER
    }
  })
}

/** Text that is only shown or guessed from: null when it is missing, blank or of another kind. */
export const OptionalText = orNull(z.string().trim().min(1))

/** A field that is read where it is there and well-formed, and null otherwise. */
export function orNull<S extends z.ZodType>(schema: S) {
  return schema
    .nullish()
    .catch(null)
    .transform(value => value ?? null)
}

/**
 * A list whose odd entries are null, so that one of them does not cost the whole answer.
 * Entries of which none can be read are off contract.
 */
export function tolerantList<S extends z.ZodType>(entry: S) {
  return z
    .array(entry.nullable().catch(null))
    .refine(entries => entries.length === 0 || entries.some(found => found !== null), 'no entry can be read')
}

/** Laravel's `errors`: messages by field. Odd bodies yield nothing, for a refusal must stay readable whatever it holds. */
export const LaravelErrors = z.record(z.string(), z.unknown()).nullish().catch(null)

/** One error of ours for each message; `pointerOf` says which field of our request theirs comes from. */
export function fieldErrors(
  errors: z.output<typeof LaravelErrors>,
  pointerOf: (field: string) => string,
): FieldError[] {
  return Object.entries(errors ?? {}).flatMap(([field, messages]) =>
    [messages]
      .flat()
      .filter(message => typeof message === 'string')
      .map(message => ({ pointer: pointerOf(field), code: 'rejected', message })),
  )
}
