import type { z } from 'zod'
import type { Invoice, InvoiceQuery } from '#contract/invoices'
import type {
  ChangedPayment,
  PaymentChanges,
  PaymentCreation,
  Refund,
  RefundRequest,
} from '#contract/payment-writes'
import type { Payment, PaymentQuery, PaymentTransaction } from '#contract/payments'
import type { PayoutRequest, PayoutRequestQuery } from '#contract/payout-requests'
import type { Asked, Told } from '#providers/port/provider-objects'
import type { UpstreamStream } from '#providers/port/upstream'

export type ProviderPayment = Told<z.output<typeof Payment>>
export type ProviderTransaction = Told<z.output<typeof PaymentTransaction>>
export type ProviderPayoutRequest = Told<z.output<typeof PayoutRequest>>
export type ProviderInvoice = Told<z.output<typeof Invoice>>

export type PaymentDraft = Asked<z.output<typeof PaymentCreation>>
/** A refund of the payment with this id. */
export type RefundDraft = Asked<z.output<typeof RefundRequest>> & {
  readonly id: string
  /** The transactions of the payment that were there before, so that a new one is known by not being among them. */
  readonly earlier: readonly { readonly id: string | null }[]
}
export type ProviderRefund = Pick<Told<z.output<typeof Refund>>, 'id' | 'provider_state' | 'message'>

type FiltersOf<S extends z.ZodType> = Omit<z.output<S>, 'limit' | 'cursor'>

/** A file as it comes in: never held whole. */
export type ProviderFile = Pick<UpstreamStream, 'headers' | 'body'>

export interface PaymentHubOperations {
  'payments.create': (draft: PaymentDraft) => Promise<ProviderPayment>
  'payments.update': (input: {
    id: string
    changes: z.output<typeof PaymentChanges>
  }) => Promise<Told<z.output<typeof ChangedPayment>>>
  /** Answers under the id of the payment: a refund has none. */
  'payments.refund': (draft: RefundDraft) => Promise<ProviderRefund>
  'payments.list': (filters: FiltersOf<typeof PaymentQuery>) => Promise<readonly ProviderPayment[]>
  'payments.get': (at: { id: string }) => Promise<ProviderPayment>
  'payments.transactions': (of: { id: string }) => Promise<readonly ProviderTransaction[]>
  'payoutRequests.list': (
    filters: FiltersOf<typeof PayoutRequestQuery>,
  ) => Promise<readonly ProviderPayoutRequest[]>
  'payoutRequests.get': (at: { id: string }) => Promise<ProviderPayoutRequest>
  'payoutRequests.payments': (of: { id: string }) => Promise<readonly ProviderPayment[]>
  /** What they answer is not documented: the payout request is to be read afterwards. */
  'payoutRequests.validate': (at: { id: string }) => Promise<{ id: string }>
  'payoutRequests.cancel': (at: { id: string }) => Promise<{ id: string }>
  'payoutRequests.pdf': (of: { id: string }) => Promise<ProviderFile>
  'payoutRequests.xls': (of: { id: string }) => Promise<ProviderFile>
  'invoices.list': (filters: FiltersOf<typeof InvoiceQuery>) => Promise<readonly ProviderInvoice[]>
  'invoices.get': (at: { id: string }) => Promise<ProviderInvoice>
  'invoices.payments': (of: { id: string }) => Promise<readonly ProviderPayment[]>
}
