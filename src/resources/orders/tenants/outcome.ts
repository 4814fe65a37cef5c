import { type Entry, hasHappened } from '#journal/entry'
import type { ProviderError } from '#providers/provider-error'

const NOT_THERE = 404

/** Whether a person has found out that it was not done. */
export function wasRuledOut({ state, resolution }: Entry): boolean {
  return state === 'settled_by_person' && resolution?.outcome === 'did_not_happen'
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
