import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { type Answer, type Clock, type Dialect, Refusal } from '#simulators/core/endpoint'
import { type FieldErrors, laravelErrors, laravelMessage } from '#simulators/core/laravel'

export interface OneUtilityBillDialect extends Dialect {
  readonly invalid: (errors: FieldErrors) => Answer
  readonly missingScope: () => Answer
  readonly notAcceptable: () => Answer
  /** Reads a body as strictly as the document has it. Throws Refusal. */
  readonly read: <S extends z.ZodType>(schema: S, input: unknown) => z.output<S>
}

/** `2020-05-02T09:52:36Z`, chapter "Dates". */
export function timestamp(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`
}

/** Chapter "Error Structures": every error has a message and a request id. The 429 has none in its sample. */
export function createDialect(clock: Clock, nextId: () => number): OneUtilityBillDialect {
  const meta = () => ({ request_id: createHash('sha1').update(String(nextId())).digest('hex') })
  const says = (status: number, message: string): Answer => ({ status, body: { message, meta: meta() } })
  const invalid = (errors: FieldErrors): Answer => ({
    status: 422,
    body: { message: laravelMessage(errors), errors, meta: meta() },
  })
  return {
    invalid,
    refused: () => invalid({ postcode: ['Postcode is not serviced at the moment.'] }),
    unauthorized: () => says(401, 'Unauthenticated.'),
    forbidden: () => says(403, 'This action is unauthorized.'),
    missingScope: () => says(403, 'Invalid scope(s) provided.'),
    rateLimited: waitMs => ({
      status: 429,
      body: { message: 'Too Many Attempts.' },
      headers: {
        'x-ratelimit-remaining': '0',
        'retry-after': String(Math.ceil(waitMs / 1_000)),
        'x-ratelimit-reset': String(Math.ceil((clock().getTime() + waitMs) / 1_000)),
      },
    }),
    error: () => says(500, 'Server Error'),
    unavailable: () => says(503, 'Service Unavailable'),
    notFound: () => says(404, 'Not Found.'),
    notAcceptable: () => says(406, 'Not Acceptable.'),
    strayQuery: key => invalid({ [key]: [`The ${key.replaceAll('_', ' ')} is prohibited.`] }),
    unreadable: () => says(400, 'Bad Request.'),
    read: (schema, input) => {
      const result = schema.safeParse(input)
      if (result.success) return result.data
      throw new Refusal(invalid(laravelErrors(result.error, input, '')))
    },
  }
}
