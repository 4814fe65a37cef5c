import type { z } from 'zod'
import type { Invoice, InvoiceQuery } from '#contract/invoices'
import type { Payment, PaymentQuery, PaymentTransaction } from '#contract/payments'
import type { PayoutRequest, PayoutRequestQuery } from '#contract/payout-requests'
import type { Told } from '#providers/port/provider-objects'
import type { UpstreamStream } from '#providers/port/upstream'

export type ProviderPayment = Told<z.output<typeof Payment>>
export type ProviderTransaction = Told<z.output<typeof PaymentTransaction>>
export type ProviderPayoutRequest = Told<z.output<typeof PayoutRequest>>
export type ProviderInvoice = Told<z.output<typeof Invoice>>

type FiltersOf<S extends z.ZodType> = Omit<z.output<S>, 'limit' | 'cursor'>

/** A file as it comes in: never held whole. */
export type ProviderFile = Pick<UpstreamStream, 'headers' | 'body'>

export interface PaymentHubOperations {
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
