import type { Product } from '#contract/quotes'

/** What tells who somebody is, as far as a provider may be told it. */
export const personalFieldNames = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'country_code',
  'date_of_birth',
  'nationality',
  'billing_address',
  'bank_account',
] as const
export type PersonalFieldName = (typeof personalFieldNames)[number]

/** What an operation tells its provider of the people of an order or a lead. */
export interface Disclosure {
  readonly fields: readonly PersonalFieldName[]
  /** The products in which it names anybody; all of them when absent. */
  readonly products?: readonly Product[]
  /** Of several people it names the first one only. */
  readonly firstOnly?: true
}
