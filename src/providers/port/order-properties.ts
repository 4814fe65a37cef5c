import type { OrderProperty } from '#contract/order-properties'
import type { PostalAddress } from '#providers/port/people'

/** The house of an order as the provider has it. */
export interface ProviderOrderProperty
  extends Pick<OrderProperty, 'occupants' | 'tenancy' | 'move_in_date' | 'status' | 'provider_status'> {
  readonly address: PostalAddress | null
}

export interface OrderPropertyOperations {
  'orders.property': (at: { order_id: string }) => Promise<ProviderOrderProperty>
}
