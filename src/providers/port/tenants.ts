import type { BankAccount, Person, PostalAddress } from '#providers/port/people'

/** Somebody who is to pay their share of an order by direct debit. */
export interface TenantDraft extends Person {
  readonly date_of_birth: string | null
  /** ISO 3166-1 alpha-2. */
  readonly nationality: string | null
  readonly bank_account: BankAccount
  readonly billing_address: PostalAddress | null
}

/** Only the fields that change. */
export type TenantChanges = Partial<Person & { readonly date_of_birth: string; readonly nationality: string }>

/** A bill payer as the provider shows one. */
export interface ProviderTenant {
  readonly id: string
  readonly first_name: string | null
  readonly last_name: string | null
  readonly email: string | null
  /** E.164 where it can be read as a phone number, else as the provider writes it. */
  readonly phone: string | null
  readonly date_of_birth: string | null
  readonly nationality: string | null
}

export interface TenantOperations {
  /** Pointers of its errors are relative to `tenant`. The answer names no id: `tenants.list` shows who came in. */
  'tenants.create': (input: { order_id: string; tenant: TenantDraft }) => Promise<void>
  'tenants.list': (at: { order_id: string }) => Promise<readonly ProviderTenant[]>
  /** Pointers of its errors are relative to `changes`. */
  'tenants.update': (input: {
    order_id: string
    tenant_id: string
    changes: TenantChanges
  }) => Promise<ProviderTenant>
  'tenants.delete': (at: { order_id: string; tenant_id: string }) => Promise<void>
}
