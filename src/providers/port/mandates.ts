import type { BankAccount } from '#providers/port/people'

export const mandateStatuses = [
  'nomandate',
  'submitted',
  'active',
  'cancelled',
  'rejected',
  'pending',
  'suspended',
] as const

/** From these alone new bank details are taken. */
export const replaceableMandateStatuses = ['nomandate', 'rejected', 'cancelled'] as const

export interface ProviderMandate {
  readonly account_name: string | null
  readonly status: (typeof mandateStatuses)[number] | 'other'
  /** The provider's word, verbatim. */
  readonly provider_status: string
}

export interface MandateOperations {
  'mandates.get': (at: { order_id: string; tenant_id: string }) => Promise<ProviderMandate>
  /** Allowed only from the replaceable states: read the mandate before. */
  'mandates.update': (input: {
    order_id: string
    tenant_id: string
    bank_account: BankAccount
  }) => Promise<ProviderMandate>
}
