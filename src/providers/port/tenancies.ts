import type { TenancyType } from '#contract/tenancies'
import type { Person, PostalAddress } from '#providers/port/people'
import type { ProviderProperty } from '#providers/port/properties'

/** A tenancy as the provider shows it. Ids are the provider's own; what it does not say is null. */
export interface ProviderTenancy {
  readonly id: string
  readonly property_id: string | null
  readonly type: TenancyType | 'other' | null
  /** The provider's word, verbatim. */
  readonly provider_type: string | null
  readonly start_date: string | null
  readonly end_date: string | null
  readonly property_empty: boolean | null
  /** Their phone is E.164 where it can be read as a phone number. */
  readonly responsible_tenant: { readonly [K in keyof Person]: string | null } | null
  readonly responsible_address: PostalAddress | null
  readonly property: ProviderProperty | null
}

export interface TenancyOperations {
  'tenancies.get': (at: { property_id: string; tenancy_id: string }) => Promise<ProviderTenancy>
  /** Pointers of its errors are relative to `changes`. What it answers is documented nowhere: read it again. */
  'tenancies.update': (input: {
    property_id: string
    tenancy_id: string
    changes: { start_date: string; end_date: string }
  }) => Promise<void>
}
