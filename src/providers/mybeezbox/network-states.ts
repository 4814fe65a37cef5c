import type { NetworkState } from '#contract/network-states'

const OURS: ReadonlyMap<string | null, NetworkState> = new Map([
  ['draft', 'draft'],
  ['paid', 'paid'],
  ['error', 'error'],
  ['using', 'in_use'],
  ['used', 'used'],
  ['exprd', 'expired'],
  ['cncld', 'cancelled'],
  ['test', 'test'],
] as const)

/** Their word for what a gift card or voucher of the network is, as ours. */
export function networkStateOf(status: string | null): NetworkState {
  return OURS.get(status) ?? 'other'
}
