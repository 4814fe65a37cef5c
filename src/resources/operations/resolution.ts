import type { Resolution } from '#contract/operations'
import type { Entry } from '#journal/entry'

/** Whether an operation was resolved in just this way before. A note says nothing of the outcome. */
export function isResolvedAs(entry: Entry, { outcome, send_again, provider_id }: Resolution): boolean {
  const { resolution, providerIds } = entry
  if (resolution === null || entry.state === 'unknown') return false
  if (resolution.outcome !== outcome || resolution.send_again !== (send_again ?? false)) return false
  return outcome === 'did_not_happen' || (providerIds[0] ?? null) === (provider_id ?? null)
}

/**
 * What the provider is told to call it the next time, so that an earlier one that turns up late can be told apart:
 * `order_…-2`, `order_…-3`. Null where it takes no name.
 */
export function nextReference({ reference, attempts }: Pick<Entry, 'reference' | 'attempts'>): string | null {
  return reference === null ? null : `${reference.replace(/-\d+$/, '')}-${attempts + 1}`
}
