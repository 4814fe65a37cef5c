import type { Meters, PropertyStatus } from '#contract/properties'
import type { ProviderPage } from '#providers/port/paging'
import type { PostalAddress } from '#providers/port/people'
import type { ProviderAddress } from '#providers/port/quotes'

/** A house to be added to the customer's portfolio. */
export interface PropertyDraft {
  readonly address: ProviderAddress
  readonly property_reference: string | null
  /** The provider's own id of the branch on whose behalf this is done. */
  readonly branch_id: string | null
}

/** A house as the provider shows it. Ids are the provider's own; what it does not say is null. */
export interface ProviderProperty {
  readonly id: string
  readonly address: PostalAddress | null
  /** The provider's own id of the address. */
  readonly address_id: string | null
  readonly status: PropertyStatus | 'other' | null
  /** The provider's word, verbatim. */
  readonly provider_status: string | null
  readonly mpan: string | null
  readonly mprn: string | null
  readonly uprn: string | null
  readonly meters: Meters
  readonly property_reference: string | null
}

export interface PropertyOperations {
  'properties.create': (draft: PropertyDraft) => Promise<ProviderProperty>
  'properties.get': (at: { property_id: string }) => Promise<ProviderProperty>
  'properties.list': (by: {
    page: number
    status: PropertyStatus | null
    /** Words of the address. */
    q: string | null
  }) => Promise<ProviderPage<ProviderProperty>>
}
