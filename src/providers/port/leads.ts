import type { ProviderPage } from '#providers/port/paging'
import type { Person, PostalAddress } from '#providers/port/people'
import type { ProviderAddress } from '#providers/port/quotes'

/** One of the people that a lead is about. */
export interface LeadTenant extends Person {
  /** ISO 3166-1 alpha-2 of the phone; read out of the number when null. */
  readonly country_code: string | null
}

/** Where a lead came from, in the caller's own words. */
export interface LeadSource {
  readonly enquiry_id: string | null
  readonly lead_source: string | null
  readonly original_source_agent: string | null
  readonly is_homebuyer: boolean | null
}

/** A lead to be made at one provider. What a provider needs and does not find here it names by pointer. */
export interface LeadDraft {
  readonly address: ProviderAddress | null
  readonly tenancy: { readonly start_date: string | null; readonly end_date: string | null }
  /** No more than the provider's `tenantsPerLead`. */
  readonly tenants: readonly LeadTenant[]
  /** Whether suppliers may be told of the change of tenancy. */
  readonly notifications: boolean
  readonly existing_tenancy: boolean
  readonly managing_party_name: string | null
  readonly property_reference: string | null
  /** The provider's own id of the branch on whose behalf this is done. */
  readonly branch_id: string | null
  /** The provider's own id of its quote, when the lead was made from one of its offers. */
  readonly provider_quote_id: string | null
  readonly source: LeadSource
}

/** A lead as the provider shows it. Ids are the provider's own; what it does not say is null. */
export interface ProviderLead {
  readonly id: string
  readonly tenancy: { readonly start_date: string | null; readonly end_date: string | null }
  readonly property: { readonly id: string | null; readonly address: PostalAddress | null } | null
  readonly property_reference: string | null
  readonly tenants: readonly ProviderLeadTenant[]
  /** RFC 3339: when the provider had done what a lead sets off. */
  readonly completed_at: string | null
  readonly created_at: string | null
}

export interface ProviderLeadTenant {
  readonly id: string | null
  readonly email: string | null
  /** As the provider writes it. */
  readonly phone: string | null
}

/** What is known of a lead whose answer was lost. */
export interface LeadTraces {
  readonly postcode: string | null
  readonly tenancy: { readonly start_date: string; readonly end_date: string }
  readonly tenants: readonly Pick<Person, 'email' | 'phone'>[]
  /** RFC 3339: when we set out to make it. */
  readonly created_after: string
  readonly branch_id: string | null
}

export interface LeadOperations {
  'leads.create': (draft: LeadDraft) => Promise<ProviderLead>
  'leads.get': (at: { lead_id: string; branch_id: string | null }) => Promise<ProviderLead>
  'leads.list': (at: { page: number; branch_id: string | null }) => Promise<ProviderPage<ProviderLead>>
  /** Every lead that the lost one may be; the caller leaves out those that it has mapped already. */
  'leads.scan': (traces: LeadTraces) => Promise<readonly ProviderLead[]>
}
