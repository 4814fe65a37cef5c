import type { Resolution } from '#contract/operations'
import type { Entry } from '#journal/entry'

/** Whether an operation was resolved in just this way before. A note says nothing of the outcome. */
export function isResolvedAs(entry: Entry, { outcome, send_again, provider_id }: Resolution): boolean {
  const { resolution, providerIds } = entry
  if (resolution === null || entry.state === 'unknown') return false
  if (resolution.outcome !== outcome || resolution.send_again !== (send_again ?? false)) return false
  return outcome === 'did_not_happen' || (providerIds[0] ?? null) === (provider_id ?? null)
}
