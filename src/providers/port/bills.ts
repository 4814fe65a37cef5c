import type { Bill, BillTotals } from '#contract/bills'
import type { Told } from '#providers/port/provider-objects'

/** The chosen bills of an order with what they come to per month, as the provider states it. */
export interface ProviderBills extends Omit<BillTotals, 'adds_up'> {
  readonly bills: readonly Told<Bill>[]
}

export interface BillOperations {
  'orders.bills': (at: { order_id: string }) => Promise<ProviderBills>
}
