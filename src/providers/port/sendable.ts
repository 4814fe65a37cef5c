import { z } from 'zod'
import type { FieldError, ProviderId } from '#contract/vocabulary'
import type { OperationName } from '#providers/port/index'
import { ProviderError } from '#providers/provider-error'

type Frozen<T> = T extends readonly (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T

/**
 * What is sent for an input: `schema` says what this provider can be told and how it spells it. Throws ProviderError
 * `validation_failed`, `not_sent`, with pointers into `input`, for what it cannot be told: no postcode, a year beyond
 * its date format. It needs no network, so a preview finds the same.
 */
export function sendable<S extends z.ZodType>(
  provider: ProviderId,
  operation: OperationName,
  schema: S,
  input: Frozen<z.input<S>>,
): z.output<S> {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  const fields = read.error.issues.map(toFieldError)
  const told = fields.map(field => `${field.pointer} ${field.message}`).join('; ')
  throw new ProviderError({
    provider,
    operation,
    code: 'validation_failed',
    outcome: 'not_sent',
    message: `${provider} cannot be told this: ${told}`,
    fields,
  })
}

/** For input that asks for something which this provider does not do at all. */
export function notSupported(provider: ProviderId, operation: OperationName, message: string): ProviderError {
  return new ProviderError({
    provider,
    operation,
    code: 'capability_not_supported',
    outcome: 'not_sent',
    message,
  })
}

/** The issue to add for what this provider needs and was not given. */
export const MISSING = {
  code: 'custom',
  message: 'is required by this provider',
  params: { code: 'required' },
} as const

/** A field that our contract lets be absent and this provider does not. */
export function needed<S extends z.ZodType>(schema: S) {
  return schema.nullable().transform((value, context) => {
    if (value !== null) return value
    context.addIssue({ ...MISSING })
    return z.NEVER
  })
}

/** Fields that have a value; providers are sent nothing in place of the others. */
export function withoutNulls<V>(fields: Readonly<Record<string, V | null>>): Record<string, V> {
  const given: Record<string, V> = {}
  for (const [name, value] of Object.entries(fields)) if (value !== null) given[name] = value
  return given
}

function toFieldError(issue: z.core.$ZodIssue): FieldError {
  const pointer = issue.path.map(segment => `/${String(segment)}`).join('')
  const stated: unknown = issue.code === 'custom' ? issue.params?.['code'] : issue.code
  return { pointer, code: typeof stated === 'string' ? stated : 'invalid', message: issue.message }
}
