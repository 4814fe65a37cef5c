import type { ProviderFailure } from '#contract/problems'
import type { Settlement } from '#journal/store'
import type { ProviderError } from '#providers/provider-error'
import { failureOf } from '#providers/provider-failure'
import type { RunResult } from '#providers/run'
import { addDays } from '#values/dates'

/** How long the input of an operation that did not succeed is kept, so that it can be sent again. */
const KEPT_DAYS = 3

/** What came of sending an operation. */
export type Sent =
  | { readonly ok: true; readonly run: RunResult<unknown> }
  | { readonly ok: false; readonly error: ProviderError }

export const lostToCrash: ProviderFailure = {
  code: 'provider_outcome_unknown',
  message: 'The gateway ended while the call was under way; the provider may have carried it out.',
  retryable: false,
  provider_status: null,
  provider_message: null,
  provider_request_id: null,
  errors: [],
  candidates: [],
}

export function settlementOf(sent: Sent, providerIds: readonly string[], now: Date): Settlement {
  if (sent.ok) return { state: 'succeeded', providerIds, error: null, wipeAt: null, now }
  const { error } = sent
  return {
    state: error.facts.outcome,
    providerIds: [],
    // Passing as the trouble may be: whoever sends it again may have it done twice.
    error: { ...failureOf(error), ...(error.facts.outcome === 'unknown' && { retryable: false }) },
    wipeAt: addDays(now, KEPT_DAYS),
    now,
  }
}

/** For an operation whose sender died: it may or may not have been received. */
export function crashed(now: Date): Settlement {
  return { state: 'unknown', providerIds: [], error: lostToCrash, wipeAt: addDays(now, KEPT_DAYS), now }
}
