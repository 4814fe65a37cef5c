import type { FieldError, ProviderId } from '#contract/common'
import type { OperationName } from '#providers/port/index'
import { ProviderError } from '#providers/provider-error'

/**
 * For input that this provider cannot be told although the gateway takes it: no postcode, a year beyond its date
 * format. Pointers are relative to the operation's input. Nothing was sent.
 */
export function unsendable(
  provider: ProviderId,
  operation: OperationName,
  fields: readonly FieldError[],
): ProviderError {
  return new ProviderError({
    provider,
    operation,
    code: 'validation_failed',
    outcome: 'not_sent',
    message: fields.map(field => field.message).join(' '),
    fields,
  })
}
