import type { Payout } from '#contract/payouts'
import type { Told } from '#providers/port/provider-objects'

export interface PayoutOperations {
  /** All payments of an order to its suppliers, whole. */
  'orders.payouts': (at: { order_id: string }) => Promise<readonly Told<Payout>[]>
}
