import type { z } from 'zod'
import type { Mode, ProviderId } from '#contract/vocabulary'
import type { Product } from '#contract/quotes'
import type { AccountOperations } from '#providers/port/account'
import type { AddressOperations } from '#providers/port/addresses'
import type { AuthOperations } from '#providers/port/auth'
import type { BranchOperations } from '#providers/port/branches'
import type { CategoryOperations } from '#providers/port/categories'
import type { Disclosure } from '#providers/port/disclosure'
import type { GiftcardOperations } from '#providers/port/giftcards'
import type { BillOperations } from '#providers/port/bills'
import type { InviteOperations } from '#providers/port/invites'
import type { KycOperations } from '#providers/port/kyc'
import type { LeadOperations } from '#providers/port/leads'
import type { MandateOperations } from '#providers/port/mandates'
import type { MediaOperations } from '#providers/port/media'
import type { NetworkGiftcardOperations } from '#providers/port/network-giftcards'
import type { NetworkVoucherOperations } from '#providers/port/network-vouchers'
import type { OptionOperations } from '#providers/port/options'
import type { PrototypeOperations } from '#providers/port/prototypes'
import type { VoucherOperations } from '#providers/port/vouchers'
import type { MeterReadingOperations } from '#providers/port/meter-readings'
import type { OrderOperations } from '#providers/port/orders'
import type { PropertyOperations } from '#providers/port/properties'
import type { OrderPropertyOperations } from '#providers/port/order-properties'
import type { PartnerOperations } from '#providers/port/partners'
import type { PaymentHubOperations } from '#providers/port/payment-hub'
import type { PaymentRequestOperations } from '#providers/port/payment-requests'
import type { PaymentOperations } from '#providers/port/payments'
import type { PayoutOperations } from '#providers/port/payouts'
import type { PostalBillOperations } from '#providers/port/postal-bills'
import type { QuoteOperations } from '#providers/port/quotes'
import type { ReportOperations } from '#providers/port/reports'
import type { TenancyOperations } from '#providers/port/tenancies'
import type { TenantOperations } from '#providers/port/tenants'
import type { ReadRefusal, Upstream } from '#providers/port/upstream'
import type { VoidOperations } from '#providers/port/voids'
import type { WalletOperations } from '#providers/port/wallets'

/** Every operation that a provider can implement, by its dotted name. */
export interface Operations
  extends AccountOperations,
    AddressOperations,
    BranchOperations,
    AuthOperations,
    CategoryOperations,
    GiftcardOperations,
    MediaOperations,
    NetworkGiftcardOperations,
    NetworkVoucherOperations,
    OptionOperations,
    PrototypeOperations,
    VoucherOperations,
    QuoteOperations,
    KycOperations,
    LeadOperations,
    OrderOperations,
    BillOperations,
    MeterReadingOperations,
    OrderPropertyOperations,
    PostalBillOperations,
    PartnerOperations,
    PaymentHubOperations,
    PaymentRequestOperations,
    PaymentOperations,
    PayoutOperations,
    TenantOperations,
    InviteOperations,
    MandateOperations,
    PropertyOperations,
    ReportOperations,
    TenancyOperations,
    VoidOperations,
    WalletOperations {}
export type OperationName = keyof Operations
export type Input<K extends OperationName> = Parameters<Operations[K]>[0]
export type Output<K extends OperationName> = Awaited<ReturnType<Operations[K]>>

export type Effect = 'repeatable' | 'unsafe'
/** `repeatable` may be sent again whatever became of it; `unsafe` never once it may have been received. */
export const effects = {
  'account.get': 'repeatable',
  'account.update': 'unsafe',
  'addresses.search': 'repeatable',
  'auth.permissions': 'repeatable',
  'boxes.get': 'repeatable',
  'boxes.list': 'repeatable',
  'boxes.offers': 'repeatable',
  'branches.create': 'unsafe',
  'branches.get': 'repeatable',
  'branches.list': 'repeatable',
  'branches.update': 'unsafe',
  'carts.create': 'unsafe',
  'categories.create': 'unsafe',
  'categories.get': 'repeatable',
  'categories.list': 'repeatable',
  'categories.update': 'repeatable',
  'giftcards.get': 'repeatable',
  'giftcards.getByCode': 'repeatable',
  'giftcards.list': 'repeatable',
  'invites.create': 'unsafe',
  'invites.delete': 'unsafe',
  'invites.list': 'repeatable',
  'invoices.get': 'repeatable',
  'invoices.list': 'repeatable',
  'invoices.payments': 'repeatable',
  'kyc.level': 'repeatable',
  'kyc.pushDocument': 'unsafe',
  'leads.create': 'unsafe',
  'leads.get': 'repeatable',
  'leads.list': 'repeatable',
  'leads.scan': 'repeatable',
  'mandates.get': 'repeatable',
  'mandates.update': 'unsafe',
  'media.create': 'unsafe',
  'media.get': 'repeatable',
  'media.list': 'repeatable',
  'media.update': 'repeatable',
  'networkGiftcards.cancelUsage': 'unsafe',
  'networkGiftcards.create': 'unsafe',
  'networkGiftcards.getByCode': 'repeatable',
  'networkGiftcards.listByEmail': 'repeatable',
  'networkGiftcards.usages': 'repeatable',
  'networkGiftcards.use': 'unsafe',
  'networkGiftcards.useWithPartnerId': 'unsafe',
  'networkPartners.create': 'unsafe',
  'networkPartners.update': 'repeatable',
  'networkVouchers.getByCode': 'repeatable',
  'networkVouchers.listByEmail': 'repeatable',
  'networkVouchers.usages': 'repeatable',
  'options.create': 'unsafe',
  'options.get': 'repeatable',
  'options.list': 'repeatable',
  'options.update': 'repeatable',
  'meter_readings.create': 'unsafe',
  'meter_readings.list': 'repeatable',
  'orders.bills': 'repeatable',
  'orders.create': 'unsafe',
  'orders.find': 'repeatable',
  'orders.get': 'repeatable',
  'orders.list': 'repeatable',
  'orders.payments': 'repeatable',
  'orders.payouts': 'repeatable',
  'orders.property': 'repeatable',
  'orders.scan': 'repeatable',
  'paymentRequests.create': 'unsafe',
  'paymentRequests.get': 'repeatable',
  'paymentRequests.list': 'repeatable',
  'paymentRequests.payments': 'repeatable',
  'payments.create': 'unsafe',
  'partners.check': 'repeatable',
  'partners.create': 'unsafe',
  'payments.get': 'repeatable',
  'payments.list': 'repeatable',
  'payments.refund': 'unsafe',
  'payments.replace': 'unsafe',
  'payments.transactions': 'repeatable',
  'payments.update': 'repeatable',
  'payoutRequests.cancel': 'unsafe',
  'payoutRequests.get': 'repeatable',
  'payoutRequests.list': 'repeatable',
  'payoutRequests.payments': 'repeatable',
  'payoutRequests.pdf': 'repeatable',
  'payoutRequests.validate': 'unsafe',
  'payoutRequests.xls': 'repeatable',
  'postal_bills.create': 'unsafe',
  'postal_bills.list': 'repeatable',
  'properties.create': 'unsafe',
  'properties.get': 'repeatable',
  'properties.list': 'repeatable',
  'prototypes.create': 'unsafe',
  'prototypes.get': 'repeatable',
  'prototypes.list': 'repeatable',
  'prototypes.options': 'repeatable',
  'prototypes.update': 'repeatable',
  'quotes.create': 'repeatable',
  'reports.get': 'repeatable',
  'tenancies.get': 'repeatable',
  'tenancies.update': 'unsafe',
  'tenants.create': 'unsafe',
  'tenants.delete': 'unsafe',
  'tenants.list': 'repeatable',
  'tenants.update': 'unsafe',
  'voids.create': 'unsafe',
  'vouchers.get': 'repeatable',
  'vouchers.list': 'repeatable',
  'vouchers.update': 'repeatable',
  'wallets.balance': 'repeatable',
  'wallets.transfers': 'repeatable',
} as const satisfies Record<OperationName, Effect>

/** The operations that may be called without being written down first. */
export type RepeatableName = {
  [K in OperationName]: (typeof effects)[K] extends 'repeatable' ? K : never
}[OperationName]

export type ReconcileMode = 'by_reference' | 'by_scan' | 'by_person'

export type Implements<Client> = {
  readonly [K in OperationName]?: (client: Client, input: Input<K>) => Promise<Output<K>>
}

/** What one set of credentials may do at a provider. */
export interface Limits {
  /** Requests per window over all calls, or null where the provider states no limit. */
  readonly window: { readonly requests: number; readonly ms: number } | null
  /** Calls under way at once. */
  readonly concurrent: number
}

/** An upstream provider: what it can do and how it is spoken to. Logic lives in the noun files beside it. */
export interface Provider<Client, Credentials extends z.ZodType> {
  readonly id: ProviderId
  readonly name: string
  readonly products: readonly Product[]
  /** How many people one lead may name where that is bounded: the gateway makes as many leads as it takes. */
  readonly tenantsPerLead?: number
  /** Its own addresses; a provider without them needs a configured one. */
  readonly baseUrl: Readonly<Partial<Record<Mode, string>>>
  /** Fields marked `.meta({ secret: true })` are never shown. */
  readonly credentials: Credentials
  readonly limits: Readonly<Record<Mode, Limits>>
  readonly reconcile: Readonly<Partial<Record<OperationName, ReconcileMode>>>
  /** How a person finds out what became of an operation, where the gateway cannot; for `Operation.hint`. */
  readonly findOut?: Readonly<Partial<Record<OperationName, string>>>
  /** What an operation sets off in the world: "texts the tenant", "tells suppliers". */
  readonly sideEffects: Readonly<Partial<Record<OperationName, readonly string[]>>>
  /** What an operation tells of the people of an order or a lead; those that are not here tell nothing of them. */
  readonly discloses: Readonly<Partial<Record<OperationName, Disclosure>>>
  readonly connect: (credentials: z.output<Credentials>, upstream: Upstream, mode: Mode) => Client
  readonly readRefusal: ReadRefusal
  /** One harmless authenticated call, or null where the provider has none. */
  readonly verify: ((client: Client) => Promise<void>) | null
  readonly operations: Implements<Client>
}
