import type { Person, PostalAddress } from '#providers/port/people'
import type { ProviderAddress } from '#providers/port/quotes'
import type { ProviderTenancy } from '#providers/port/tenancies'

/** A period in which nobody lives in a house: the provider's own property, or its address. */
export interface VoidDraft {
  readonly property_id: string | null
  readonly address: ProviderAddress | null
  readonly tenancy: { readonly start_date: string; readonly end_date: string | null }
  readonly premium: boolean
  readonly property_empty: boolean
  /** Whether suppliers may be told of the change of tenancy. */
  readonly notifications: boolean
  readonly responsible_tenant: Person | null
  readonly responsible_address: PostalAddress | null
  /** Where the previous lead tenant is reached. */
  readonly forwarding: {
    readonly name: string
    readonly phone: string
    readonly email: string
    readonly address: PostalAddress
  } | null
  readonly property_reference: string | null
  /** The provider's own id of the branch on whose behalf this is done. */
  readonly branch_id: string | null
}

export interface VoidOperations {
  /** Answers the tenancy that the void is. */
  'voids.create': (draft: VoidDraft) => Promise<ProviderTenancy>
}
