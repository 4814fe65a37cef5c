import { contextOf } from '#connections/call-provider'
import type { FieldError } from '#contract/vocabulary'
import type { ProviderFailure } from '#contract/problems'
import type { Call } from '#http/caller'
import { invalid } from '#http/problem-error'
import type { PreviewedRequest } from '#providers/preview'
import { ProviderError } from '#providers/provider-error'
import { failureOf } from '#providers/provider-failure'
import { statusOfFailure } from '#resources/leads/lead-status'
import { inOurRequest } from '#resources/leads/our-pointers'
import type { PlannedSubmission } from '#resources/leads/plan-lead'
import type { Services } from '#services'

/** A submission with what would be sent for it, or why nothing can be. */
export interface CheckedSubmission extends PlannedSubmission {
  readonly requests: readonly PreviewedRequest[]
  readonly failure: ProviderFailure | null
}

async function check(
  services: Pick<Services, 'providers'>,
  call: Call,
  planned: PlannedSubmission,
): Promise<CheckedSubmission> {
  const { connection, draft, firstTenant } = planned
  try {
    const requests = await services.providers.preview(contextOf(call, connection), 'leads.create', draft)
    return { ...planned, requests, failure: null }
  } catch (err) {
    if (!(err instanceof ProviderError)) throw err
    return { ...planned, requests: [], failure: inOurRequest(failureOf(err), firstTenant) }
  }
}

/** Finds out without a network what each provider can be told. */
export function checkSubmissions(
  services: Pick<Services, 'providers'>,
  call: Call,
  planned: readonly PlannedSubmission[],
): Promise<CheckedSubmission[]> {
  return Promise.all(planned.map(submission => check(services, call, submission)))
}

/** Why a provider cannot be told this; null where it is to be sent, be it that its credentials cannot be read. */
export function rejectionOf({ failure }: CheckedSubmission): ProviderFailure | null {
  return failure && statusOfFailure(failure) === 'rejected' ? failure : null
}

/** The fields of a failure, or the whole request where it names none. */
export function fieldsOf({ errors, code, message }: ProviderFailure): readonly FieldError[] {
  return errors.length > 0 ? errors : [{ pointer: '', code, message }]
}

/** Throws `validation_failed`, naming each field once, when no provider at all can be told this. */
export function demandAnySendable(checked: readonly CheckedSubmission[]): void {
  const rejections = checked.flatMap(submission => rejectionOf(submission) ?? [])
  if (rejections.length < checked.length) return
  const fields = rejections.flatMap(fieldsOf)
  const distinct = new Map(fields.map(field => [`${field.pointer} ${field.code}`, field]))
  throw invalid(...distinct.values())
}
