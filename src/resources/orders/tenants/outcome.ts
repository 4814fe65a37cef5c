import type { Entry } from '#journal/entry'
import type { ProviderError } from '#providers/provider-error'

const NOT_THERE = 404

/** Whether the provider has done it, as far as anybody can say. */
export function hasHappened(entry: Entry): boolean {
  return entry.state === 'succeeded' || entry.resolution?.outcome === 'happened'
}

/** The provider refused it or never saw it. */
export function wasNeverDone(entry: Entry): boolean {
  return entry.state === 'refused' || entry.state === 'not_sent'
}

/** Whether what was to be taken away is not there any more: done, or it was gone before. */
export function isAway(entry: Entry): boolean {
  return hasHappened(entry) || (entry.state === 'refused' && entry.error?.provider_status === NOT_THERE)
}

/** The same of a refusal that has just come in. */
export function wasAway({ facts }: ProviderError): boolean {
  return facts.outcome === 'refused' && facts.status === NOT_THERE
}
