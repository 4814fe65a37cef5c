import { z } from 'zod'

/** What a gift card or voucher of the network can be; `other` is what nobody has documented. */
export const networkStates = [
  'draft',
  'paid',
  'error',
  'in_use',
  'used',
  'expired',
  'cancelled',
  'test',
  'other',
] as const
export const NetworkState = z.enum(networkStates)
export type NetworkState = z.output<typeof NetworkState>
