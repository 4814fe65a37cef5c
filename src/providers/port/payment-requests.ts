import type { z } from 'zod'
import type { Cart, CartRequest } from '#contract/carts'
import type { PaymentRequest, PaymentRequestCreation } from '#contract/payment-requests'
import type { ProviderPayment } from '#providers/port/payment-hub'
import type { Asked, Told } from '#providers/port/provider-objects'
import type { Money } from '#values/money'

/** `reference` is what it is found again by. The amount is in whatever the connection settles in. */
export type PaymentRequestDraft = Asked<Omit<z.output<typeof PaymentRequestCreation>, 'amount'>> & {
  readonly reference: string
  readonly amount: Money
}
export type ProviderPaymentRequest = Told<z.output<typeof PaymentRequest>>

/** What customers are asked to pay, and carts of several products. */
export interface PaymentRequestOperations {
  'carts.create': (draft: Asked<z.output<typeof CartRequest>>) => Promise<Told<z.output<typeof Cart>>>
  'paymentRequests.create': (draft: PaymentRequestDraft) => Promise<ProviderPaymentRequest>
  'paymentRequests.list': (filters: { search?: string }) => Promise<readonly ProviderPaymentRequest[]>
  'paymentRequests.get': (at: { id: string }) => Promise<ProviderPaymentRequest>
  'paymentRequests.payments': (of: { id: string }) => Promise<readonly ProviderPayment[]>
}
