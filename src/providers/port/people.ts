import type { Address } from '#contract/addresses'

/** A person as every provider that is told about people wants to know one. */
export interface Person {
  readonly first_name: string
  readonly last_name: string
  readonly email: string
  /** E.164. */
  readonly phone: string
}

/** Bank details of the account that a direct debit is taken from; never kept longer than it takes to send them. */
export interface BankAccount {
  readonly account_name: string
  /** Eight digits. */
  readonly account_number: string
  /** Six digits. */
  readonly sort_code: string
}

/** Where letters reach somebody, or the lines of a house as a provider wrote them. */
export type PostalAddress = Readonly<Pick<Address, 'line_1' | 'line_2' | 'city' | 'county' | 'postcode'>>
