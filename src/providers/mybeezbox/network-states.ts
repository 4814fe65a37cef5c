import type { NetworkState } from '#contract/network-states'

const words = [
  ['draft', 'draft'],
  ['paid', 'paid'],
  ['error', 'error'],
  ['using', 'in_use'],
  ['used', 'used'],
  ['exprd', 'expired'],
  ['cncld', 'cancelled'],
  ['test', 'test'],
] as const satisfies readonly (readonly [string, NetworkState])[]

const OURS: ReadonlyMap<string | null, NetworkState> = new Map(words)
const THEIRS: ReadonlyMap<NetworkState, string> = new Map(words.map(([theirs, ours]) => [ours, theirs]))

/** Their word for what a gift card or voucher of the network is, as ours. */
export function networkStateOf(status: string | null): NetworkState {
  return OURS.get(status) ?? 'other'
}

/** Our word as theirs; `other` is none of theirs. */
export function statusOf(state: Exclude<NetworkState, 'other'>): string {
  return THEIRS.get(state) ?? state
}
