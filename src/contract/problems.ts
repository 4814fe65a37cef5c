import { z } from 'zod'
import { FieldError, ProviderId } from '#contract/vocabulary'

/** Every problem that the gateway answers: code → status and title. `docs/errors.md` has a heading for each. */
export const problems = {
  validation_failed: { status: 422, title: 'Validation failed' },
  malformed_request: { status: 400, title: 'Malformed request' },
  unauthenticated: { status: 401, title: 'Unauthenticated' },
  forbidden: { status: 403, title: 'Forbidden' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  idempotency_conflict: { status: 409, title: 'A request with this idempotency key is still running' },
  idempotency_mismatch: { status: 422, title: 'Idempotency key used before with another request' },
  state_conflict: { status: 409, title: 'State conflict' },
  capability_not_supported: { status: 422, title: 'Capability not supported' },
  operation_not_configured: { status: 501, title: 'Operation not configured' },
  currency_mismatch: { status: 422, title: 'Currency mismatch' },
  provider_not_connected: { status: 422, title: 'Provider not connected' },
  address_ambiguous: { status: 422, title: 'Address ambiguous' },
  payload_too_large: { status: 413, title: 'Payload too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  rate_limited: { status: 429, title: 'Rate limited' },
  provider_rejected: { status: 422, title: 'Provider rejected the request' },
  provider_auth_failed: { status: 502, title: 'Provider refused our credentials' },
  provider_error: { status: 502, title: 'Provider error' },
  provider_unavailable: { status: 503, title: 'Provider unavailable' },
  provider_timeout: { status: 504, title: 'Provider timed out' },
  service_unavailable: { status: 503, title: 'Service unavailable' },
  request_timeout: { status: 408, title: 'Request timed out' },
  headers_too_large: { status: 431, title: 'Request headers too large' },
  internal_error: { status: 500, title: 'Internal error' },
} as const satisfies Record<string, { status: number; title: string }>
export type ProblemCode = keyof typeof problems

export const AddressCandidate = z
  .object({ address_id: z.string(), label: z.string() })
  .meta({ id: 'AddressCandidate', description: 'An address that the provider offers instead.' })

/** Why a provider did not do what it was asked, where that is part of an answer and not the whole of it. */
export const ProviderFailure = z
  .object({
    code: z.string().meta({ description: 'A problem code.', examples: ['provider_timeout'] }),
    message: z.string(),
    retryable: z
      .boolean()
      .meta({ description: 'Whether the same request may succeed later without being changed.' }),
    provider_status: z.int().nullable(),
    provider_message: z
      .string()
      .nullable()
      .meta({ description: 'The words of the provider, personal data removed.' }),
    provider_request_id: z.string().nullable(),
    errors: z.array(FieldError),
    candidates: z.array(AddressCandidate),
  })
  .meta({ id: 'ProviderFailure', description: 'Why a provider did not do what it was asked.' })
export type ProviderFailure = z.infer<typeof ProviderFailure>

/** RFC 9457 problem details with our members. */
export const Problem = z
  .object({
    type: z.string().meta({ examples: ['/problems/validation_failed'] }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ examples: ['validation_failed'] }),
    detail: z.string(),
    request_id: z.string(),
    errors: z.array(FieldError).exactOptional(),
    provider: ProviderId.exactOptional(),
    provider_status: z.int().exactOptional(),
    provider_message: z.string().exactOptional(),
    provider_request_id: z.string().exactOptional(),
    retryable: z.boolean().exactOptional(),
    supported_by: z.array(ProviderId).exactOptional(),
    candidates: z.array(AddressCandidate).exactOptional(),
    resource: z.string().exactOptional(),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457). `code` is stable; `type` is its page.' })
export type Problem = z.infer<typeof Problem>
