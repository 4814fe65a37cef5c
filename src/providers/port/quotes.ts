import type { AddressInput } from '#contract/addresses'
import type { HouseholdType, Offer, ServiceType } from '#contract/quotes'
import type { Nation } from '#values/postcode'

/** A household to price, as an adapter sees it: defaults filled in, address resolved for this provider. */
export interface Household {
  readonly address: ProviderAddress
  readonly occupants: number
  readonly bill_payers: number
  readonly household_type: HouseholdType
  readonly responsibility: 'tenant' | 'partner'
  readonly tenancy: { readonly start_date: string; readonly end_date: string | null }
  readonly services: readonly ServiceType[]
  readonly coupon: string | null
}

/** An address for one provider: `address_id` is set only when that provider issued it (or may have). */
export type ProviderAddress = Required<{
  [K in keyof AddressInput]: Exclude<AddressInput[K], undefined>
}> & { readonly nation: Nation | null }

export type ProviderOffer = Omit<Offer, 'id' | 'object' | 'provider' | 'orderable' | 'missing_services'> & {
  /** Why a service is not in this offer, where the provider or its documents say so. */
  readonly missing_reasons: Readonly<Partial<Record<ServiceType, string>>>
  /** The provider's own id of the quote, to be passed on with a lead or order; null when it has none. */
  readonly provider_quote_id: string | null
}

export interface ProviderQuote {
  /** False when the provider does not serve this household; `notes` say why, and there are no offers. */
  readonly supported: boolean
  readonly offers: readonly ProviderOffer[]
  /** What the caller should know, in our words. */
  readonly notes: readonly string[]
}

export interface QuoteOperations {
  'quotes.create': (household: Household) => Promise<ProviderQuote>
}
