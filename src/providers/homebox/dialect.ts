import { z } from 'zod'
import type { HouseholdType } from '#contract/quotes'
import { decimalMoney } from '#providers/answer-schemas'
import { parsePostcode } from '#values/postcode'

/** Ids are integers, in one sample a string: with us always text. */
export const HomeboxId = z.union([z.int(), z.string().min(1)]).transform(String)

/** A decimal such as `"101.5"` or `"80.00"`. */
export const Pounds = decimalMoney('GBP')

/** `data` is a list, but a single object in the sample of "List Properties": that counts as a list of one. */
export function dataList<S extends z.ZodType>(list: S) {
  return z.preprocess(data => (Array.isArray(data) || data === undefined ? data : [data]), list)
}

/** `data` is an object, but a list of one in the samples of "Update a Branch Account" and "Create Postal Bill". */
export function dataObject<S extends z.ZodType>(object: S) {
  return z.preprocess(data => (Array.isArray(data) && data.length === 1 ? data[0] : data), object)
}

/** Postcodes are written without a space in requests: `SW155PU`. */
export function toHomeboxPostcode(postcode: string): string {
  return postcode.replaceAll(' ', '')
}

/** An answer's postcode in our spelling; theirs as it stands when it is none. */
export function fromHomeboxPostcode(postcode: string): string {
  return parsePostcode(postcode)?.postcode ?? postcode
}

export function toHomeboxHouseholdType(type: HouseholdType): 'student' | 'professional-tenant' {
  return type === 'student' ? 'student' : 'professional-tenant'
}

/** Null for a word that no document names. */
export function fromHomeboxHouseholdType(type: string): HouseholdType | null {
  if (type === 'student') return 'student'
  return type === 'professional-tenant' ? 'professional' : null
}
