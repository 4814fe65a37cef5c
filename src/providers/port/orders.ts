import type { HouseholdType, Product, ServiceType } from '#contract/quotes'
import type { ProviderPage } from '#providers/port/paging'
import type { BankAccount, Person, PostalAddress } from '#providers/port/people'
import type { ProviderAddress } from '#providers/port/quotes'

/** The house of an order, with the text under which a provider offered it where one did. */
export type OrderAddress = ProviderAddress & { readonly label: string | null }

interface Draft {
  readonly address: OrderAddress
  readonly occupants: number
  readonly household_type: HouseholdType
  readonly tenancy: {
    readonly start_date: string
    readonly end_date: string
    /** The day of the start when null. */
    readonly move_in_date: string | null
  }
}

/** Tenants pay. A custom package is one whose every bill is an add-on. */
export interface TenantPackageDraft extends Draft {
  readonly product: 'tenant_package' | 'custom_package'
  /** Ours; the order is found again by it. */
  readonly reference: string
  readonly package_id: string
  readonly add_ons: readonly string[]
  readonly bill_payers: number
  readonly coupon: string | null
  readonly property_reference: string | null
  readonly branch_id: string | null
}

export interface Payer {
  readonly bank_account: BankAccount
  readonly billing_address: PostalAddress
  /** The provider's default when null. */
  readonly payment_method: 'direct_debit' | 'bank_transfer' | null
}

/** An agency or landlord pays. It carries no reference of ours. */
export interface PartnerPackageDraft extends Draft {
  readonly product: 'partner_package'
  readonly bills: readonly { readonly id: string; readonly account_number: string | null }[]
  readonly payer: Payer
  readonly tenants: readonly Person[]
  readonly property_reference: string | null
  readonly branch_id: string | null
}

export interface AccountHolder extends Person {
  readonly date_of_birth: string | null
}

/** One tenant signs for all. */
export interface BillsPackageDraft extends Draft {
  readonly product: 'bills_package'
  readonly services: readonly ServiceType[]
  /** Kind of broadband, free text; needed when broadband is among the services. */
  readonly broadband: string | null
  /** The one who signs; the others are not told to the provider. */
  readonly tenants: readonly [AccountHolder]
}

export type OrderDraft = TenantPackageDraft | PartnerPackageDraft | BillsPackageDraft

/** The provider's ids of what came into being with an order. */
export interface OrderReceipt {
  readonly order_id: string
  readonly property_id: string | null
  readonly tenancy_id: string | null
  /** Of the one tenant who signs for all. */
  readonly tenant_id: string | null
}

/** What an order's own word says, where we know the word. */
export type ProviderOrderState = 'pending' | 'active' | 'cancelled' | 'ended'

/** An order as the provider shows it. Ids are the provider's own; what it does not say is null. */
export interface ProviderOrder {
  readonly id: string
  readonly reference: string | null
  readonly product: Product | null
  readonly state: ProviderOrderState | null
  /** The provider's word, verbatim. */
  readonly provider_status: string | null
  readonly package_id: string | null
  readonly package_name: string | null
  readonly add_ons: readonly string[]
  readonly lead_id: string | null
  readonly occupants: number | null
  readonly bill_payers: number | null
  readonly tenancy: {
    readonly start_date: string | null
    readonly end_date: string | null
    readonly move_in_date: string | null
  }
  readonly address: PostalAddress | null
  readonly created_at: string | null
}

/** What is known of an order that carries no reference and whose answer was lost. */
export interface OrderTraces {
  readonly product: 'partner_package'
  readonly address: { readonly line_1: string; readonly line_2: string | null; readonly postcode: string }
  readonly tenancy: { readonly start_date: string; readonly end_date: string }
  /** RFC 3339: when we set out to make it. */
  readonly created_after: string
}

/** An order that the lost one may be. */
export interface OrderCandidate {
  readonly order: ProviderOrder
  /** False when only the postcode agrees: not proof of anything, but no proof of absence either. */
  readonly same_address: boolean
}

export interface OrderOperations {
  'orders.create': (draft: OrderDraft) => Promise<OrderReceipt>
  'orders.get': (at: { order_id: string; branch_id: string | null }) => Promise<ProviderOrder>
  'orders.list': (at: { page: number; branch_id: string | null }) => Promise<ProviderPage<ProviderOrder>>
  /** The order that carries our reference, or null when the provider has none. */
  'orders.find': (by: {
    reference: string
    tenancy: { start_date: string; end_date: string }
    branch_id: string | null
  }) => Promise<ProviderOrder | null>
  /** Every order that the lost one may be; the caller leaves out those that it has mapped already. */
  'orders.scan': (traces: OrderTraces) => Promise<readonly OrderCandidate[]>
}
