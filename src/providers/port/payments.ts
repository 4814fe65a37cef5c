import type { OrderPayment, PaymentMethod } from '#contract/order-payments'
import type { Told } from '#providers/port/provider-objects'

/** A payment as the provider shows it. */
export type ProviderPayment = Told<OrderPayment>

export interface PaymentOperations {
  /** All payments of an order, whole: what was, or is to be, taken from its bill payers. */
  'orders.payments': (at: { order_id: string }) => Promise<readonly ProviderPayment[]>
  /** Cancels a payment and makes another one in its place, which is the answer. */
  'payments.replace': (input: {
    order_id: string
    payment_id: string
    payment_method: PaymentMethod
  }) => Promise<ProviderPayment>
}
