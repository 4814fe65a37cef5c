import type { Lead, LeadSubmission } from '#contract/leads'
import type { ProviderFailure } from '#contract/problems'
import type { Entry } from '#journal/entry'

/**
 * `rejected` where the lead itself, or what the provider needs to know, stands against it; `failed` where the same lead
 * may be taken later, our credentials included.
 */
export function statusOfFailure({ code, retryable }: ProviderFailure): 'rejected' | 'failed' {
  return retryable || code === 'provider_auth_failed' ? 'failed' : 'rejected'
}

/** What an operation's state means for the submission. One that is planned or being sent reads as unknown. */
export function statusOfSubmission({
  state,
  error,
  resolution,
}: Pick<Entry, 'state' | 'error' | 'resolution'>): LeadSubmission['status'] {
  if (state === 'succeeded') return 'submitted'
  if (state === 'settled_by_person') return resolution?.outcome === 'happened' ? 'submitted' : 'failed'
  if (state === 'refused' || state === 'not_sent') return error ? statusOfFailure(error) : 'failed'
  return 'unknown'
}

/** Any unknown makes the lead unknown; else all, some or none of the submissions were taken. */
export function statusOfLead(submissions: readonly Pick<LeadSubmission, 'status'>[]): Lead['status'] {
  const statuses = submissions.map(submission => submission.status)
  if (statuses.includes('unknown')) return 'unknown'
  if (!statuses.includes('submitted')) return 'failed'
  return statuses.every(status => status === 'submitted') ? 'submitted' : 'partial'
}
