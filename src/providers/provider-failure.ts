import type { ProviderFailure } from '#contract/problems'
import type { ProviderError } from '#providers/provider-error'

/** How a failure stands inside an answer that did not fail as a whole. */
export function failureOf(err: ProviderError): ProviderFailure {
  const { facts } = err
  return {
    code: facts.code,
    message: facts.message,
    retryable: err.retryable,
    provider_status: facts.status ?? null,
    provider_message: facts.providerMessage ?? null,
    provider_request_id: facts.providerRequestId ?? null,
    errors: [...(facts.fields ?? [])],
    candidates: [...(facts.candidates ?? [])],
  }
}
