import type { z } from 'zod'
import { Operation } from '#contract/operations'
import type { ProblemCode } from '#contract/problems'
import { Preview } from '#contract/providers'
import type { OperationName } from '#providers/port/index'
import { supporting } from '#providers/registry'

/** What any call to MyBeezBox can end in. */
export const FROM_MYBEEZBOX: readonly ProblemCode[] = [
  'operation_not_configured',
  'provider_auth_failed',
  'provider_error',
  'provider_not_connected',
  'provider_rejected',
  'provider_timeout',
  'provider_unavailable',
]

/** The same of what is done once per key. */
export const ONCE: readonly ProblemCode[] = [
  ...FROM_MYBEEZBOX,
  'idempotency_conflict',
  'idempotency_mismatch',
]

/** The same of what moves money of something, one at a time. */
export const ONE_AT_A_TIME: readonly ProblemCode[] = [...ONCE, 'state_conflict']

/** The answers of what is done once, beside that of its success. */
export const ONCE_ANSWERS = {
  200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
  202: {
    description: 'It is not known whether the provider has done it: the operation, to be followed.',
    schema: Operation,
  },
}

/** The answer of a change that is made at once. */
export function changed<S extends z.ZodType>(schema: S, description: string) {
  return { description: `${description} With \`preview=true\` a \`Preview\`.`, schema: schema.or(Preview) }
}

/** `also`: what it asks for in place of it for some requests. */
export function operationOf(name: OperationName, ...also: readonly OperationName[]) {
  return { name, supportedBy: supporting(name), ...(also.length > 0 ? { also } : {}) }
}
