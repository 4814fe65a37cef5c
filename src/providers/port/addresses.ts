import type { FoundAddress } from '#contract/addresses'

export interface AddressOperations {
  /** Addresses that match a postcode or part of an address. */
  'addresses.search': (by: { query: string }) => Promise<readonly Omit<FoundAddress, 'object' | 'provider'>[]>
}
