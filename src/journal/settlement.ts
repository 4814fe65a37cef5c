import type { ProviderFailure } from '#contract/problems'
import { firstLookAt } from '#journal/look-schedule'
import type { Proof } from '#journal/look-store'
import type { Settlement } from '#journal/store'
import type { ProviderError } from '#providers/provider-error'
import { failureOf, ownFailure } from '#providers/provider-failure'
import type { RunResult } from '#providers/run'
import { addDays } from '#values/dates'

/** How long the input of an operation that did not succeed is kept, so that it can be sent again. */
const KEPT_DAYS = 3

/** What came of sending an operation. */
export type Sent =
  | { readonly ok: true; readonly run: RunResult<unknown> }
  | { readonly ok: false; readonly error: ProviderError }

export const lostToCrash = ownFailure(
  'provider_outcome_unknown',
  'The gateway ended while the call was under way; the provider may have carried it out.',
)

export function settlementOf(
  sent: Sent,
  { providerIds, hint, now }: { providerIds: readonly string[]; hint: string | null; now: Date },
): Settlement {
  if (sent.ok)
    return {
      state: 'succeeded',
      providerIds,
      error: null,
      wipeAt: null,
      hint: null,
      firstLookAt: null,
      now,
    }
  const { error } = sent
  return notDone(error.facts.outcome, failureOf(error), { hint, now })
}

function notDone(
  state: Exclude<Settlement['state'], 'succeeded'>,
  error: ProviderFailure,
  { hint, now }: { hint: string | null; now: Date },
): Settlement {
  const isUnknown = state === 'unknown'
  return {
    state,
    providerIds: [],
    // Passing as the trouble may be: whoever sends it again may have it done twice.
    error: { ...error, ...(isUnknown && { retryable: false }) },
    wipeAt: addDays(now, KEPT_DAYS),
    hint: isUnknown ? hint : null,
    firstLookAt: isUnknown ? firstLookAt(now) : null,
    now,
  }
}

/** For an operation whose sender died: it may or may not have been received. */
export function crashed(hint: string | null, now: Date): Settlement {
  return notDone('unknown', lostToCrash, { hint, now })
}

/** For an operation that the provider has been proven not to have. `error`: what left its outcome open. */
export function provenAbsent(error: ProviderFailure | null, now: Date): Omit<Proof, 'hint'> {
  const facts = error ?? lostToCrash
  const known = facts.code === 'provider_outcome_unknown' ? 'provider_unavailable' : facts.code
  const message =
    'The provider does not have it: it was looked for there more than once. It may be sent again.'
  return {
    state: 'not_sent',
    providerIds: [],
    error: { ...facts, code: known, message, retryable: true },
    wipeAt: addDays(now, KEPT_DAYS),
    now,
  }
}
