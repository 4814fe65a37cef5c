import { errors } from 'undici'
import type { Verdict } from '#providers/circuit'
import type { ProviderErrorFacts } from '#providers/provider-error'
import { ProviderError } from '#providers/provider-error'
import { PrivateAddress, Unresolved } from '#providers/wire/guarded-lookup'
import type { Progress } from '#providers/wire/send'
import { AnswerTooLarge } from '#providers/wire/send'

/** Why a call did not succeed, before the provider's own words are added. */
export interface Failure extends Pick<ProviderErrorFacts, 'code' | 'outcome' | 'message'> {
  /** Sending the same again would end the same. */
  readonly final: boolean
  /** What the circuit learns from it. */
  readonly verdict: Verdict
}

export function errorOf(
  { code, outcome, message, final }: Failure,
  call: Pick<ProviderErrorFacts, 'provider' | 'operation'>,
  more: Partial<ProviderErrorFacts> = {},
): ProviderError {
  const { provider, operation } = call
  return new ProviderError({ provider, operation, code, outcome, message, ...(final && { final }), ...more })
}

/** A problem with a complete 2xx answer: its bytes were no JSON, or not of the shape that the adapter reads. */
export class OffContract extends Error {
  readonly shape: 'malformed' | 'unexpected'

  constructor(shape: 'malformed' | 'unexpected', message: string) {
    super(message)
    this.shape = shape
  }
}

function codeOf(cause: unknown): string | null {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  return typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? code : null
}

/** Our own doing: whoever asked does not wait any more. */
function isGivenUp(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name !== 'TimeoutError'
}

function isTimeout(cause: unknown): boolean {
  if (cause instanceof DOMException) return cause.name === 'TimeoutError'
  return ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'].includes(codeOf(cause) ?? '')
}

/** Nothing was sent, because nobody would have waited for the answer. */
export function outOfTime(provider: string): Failure {
  const message = `There was no time left to ask ${provider}`
  return { code: 'provider_timeout', outcome: 'not_sent', message, final: true, verdict: 'neutral' }
}

/** Nothing was sent: a customer's address leads, or may lead, into somebody's own network. */
export function notPublic(provider: string): Failure {
  const message = `The address of ${provider} is not one of the public internet, so it is not called`
  return { code: 'provider_unavailable', outcome: 'not_sent', message, final: true, verdict: 'neutral' }
}

function beforeSending(cause: unknown, provider: string): Failure {
  const outcome = 'not_sent'
  if (cause instanceof PrivateAddress) return notPublic(provider)
  const code = codeOf(cause instanceof Unresolved ? cause.cause : cause)
  if (isGivenUp(cause)) return outOfTime(provider)
  if (isTimeout(cause)) {
    const message = `${provider} could not be reached in time`
    return { code: 'provider_timeout', outcome, message, final: false, verdict: 'bad' }
  }
  if (code === 'UND_ERR_INVALID_ARG') {
    const message = `The request to ${provider} cannot be written as HTTP`
    return { code: 'provider_error', outcome, message, final: true, verdict: 'neutral' }
  }
  const message = `${provider} could not be reached${code ? ` (${code})` : ''}`
  return { code: 'provider_unavailable', outcome, message, final: false, verdict: 'bad' }
}

/** What an exchange that broke off means. Nothing of `cause` but its code is told: its text may hold the provider's. */
export function brokenOff(cause: unknown, progress: Progress, provider: string): Failure {
  if (!progress.dispatched) return beforeSending(cause, provider)
  const outcome = 'unknown'
  if (cause instanceof OffContract) {
    const unexpected = cause.shape === 'unexpected'
    // A renamed field breaks one operation; the circuit would take the provider's others down with it.
    const verdict = unexpected ? 'neutral' : 'bad'
    return { code: 'provider_error', outcome, message: cause.message, final: unexpected, verdict }
  }
  if (cause instanceof AnswerTooLarge) {
    const message = `${provider} sent an answer that is too large`
    return { code: 'provider_error', outcome, message, final: true, verdict: 'bad' }
  }
  if (isTimeout(cause) || isGivenUp(cause)) {
    const message = `${provider} did not answer in time`
    return {
      code: 'provider_timeout',
      outcome,
      message,
      final: false,
      verdict: isTimeout(cause) ? 'bad' : 'neutral',
    }
  }
  const code = codeOf(cause)
  const detail = code ? ` (${code})` : ''
  if (progress.answered || cause instanceof errors.HTTPParserError) {
    const message = `${provider} sent an answer that is broken${detail}`
    return { code: 'provider_error', outcome, message, final: false, verdict: 'bad' }
  }
  const message = `${provider} broke off the connection without an answer${detail}`
  return { code: 'provider_unavailable', outcome, message, final: false, verdict: 'bad' }
}

/**
 * What a status that is no success means. 401 and 403 are about our credentials, unless a 403 names fields of the
 * request; every other 4xx but 408 and 429 is a decision against the content (RFC 9110 has clients read an unknown 4xx
 * as 400). Behind a 3xx, a 408 or a 5xx the call may have been carried out.
 */
export function refusedBy(
  status: number,
  said: Pick<ProviderErrorFacts, 'fields' | 'candidates'>,
  provider: string,
): Failure {
  const message = `${provider} answered ${status}`
  const unknown = { outcome: 'unknown', message, final: false, verdict: 'bad' } as const
  if (status === 429) {
    return { code: 'rate_limited', outcome: 'not_sent', message, final: false, verdict: 'neutral' }
  }
  if (status === 408) return { ...unknown, code: 'provider_timeout' }
  if (status === 503) return { ...unknown, code: 'provider_unavailable' }
  if (status < 400) return { ...unknown, code: 'provider_error', final: true }
  if (status >= 500) return { ...unknown, code: 'provider_error' }
  const refused = { outcome: 'refused', message, final: true, verdict: 'good' } as const
  if (status === 401 || (status === 403 && !said.fields && !said.candidates)) {
    return { ...refused, code: 'provider_auth_failed' }
  }
  return { ...refused, code: said.candidates ? 'address_ambiguous' : 'provider_rejected' }
}
