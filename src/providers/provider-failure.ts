import type { ProviderFailure } from '#contract/problems'
import type { ProviderError } from '#providers/provider-error'

/** Why something was not done, or is not known, where no provider has said so. */
export function ownFailure(code: string, message: string): ProviderFailure {
  return {
    code,
    message,
    retryable: false,
    provider_status: null,
    provider_message: null,
    provider_request_id: null,
    errors: [],
    candidates: [],
  }
}

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
