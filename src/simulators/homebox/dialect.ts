import { z } from 'zod'
import { type Answer, type Dialect, Refusal } from '#simulators/core/endpoint'
import { type FieldErrors, laravelErrors, laravelMessage } from '#simulators/core/laravel'
import { raggedDecimal, share } from '#simulators/uk/pence'

const PRICED_AT = '2026-04-01T00:00:00.000000Z'

function says(status: number, message: string): Answer {
  return { status, body: { message } }
}

function invalid(errors: FieldErrors): Answer {
  return { status: 422, body: { message: laravelMessage(errors), errors } }
}

/** Chapter "Errors" names the statuses; the shape is the one of its framework, as no document shows any. */
export const homeboxDialect: Dialect = {
  refused: () => invalid({ address: ['The property cannot be supplied at the moment.'] }),
  unauthorized: () => says(401, 'Unauthenticated.'),
  forbidden: () => says(403, 'This action is unauthorized.'),
  rateLimited: waitMs => ({
    ...says(429, 'Too Many Attempts.'),
    headers: { 'retry-after': String(Math.ceil(waitMs / 1_000)) },
  }),
  error: () => says(500, 'Server Error'),
  unavailable: () => says(503, 'Service Unavailable'),
  notFound: () => says(404, 'Not Found'),
  strayQuery: key => invalid({ [key]: [`The ${key.replaceAll('_', ' ')} field is prohibited.`] }),
  unreadable: () => says(400, 'Bad Request'),
}

export function refuse(field: string, message: string): Refusal {
  return new Refusal(invalid({ [field]: [message] }))
}

export function notFound(): Refusal {
  return new Refusal(homeboxDialect.notFound())
}

/** Reads a body or query as strictly as the document has it. Throws Refusal. */
export function read<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new Refusal(invalid(laravelErrors(result.error, input, ' field')))
}

/** An id in a path. Throws Refusal when it is none. */
export function idIn(params: Readonly<Record<string, string>>, name: string): string {
  const id = params[name]
  if (id === undefined || !/^\d{1,15}$/.test(id)) throw notFound()
  return id
}

export const PageQuery = z.strictObject({
  page: z
    .string()
    .regex(/^[1-9]\d{0,6}$/)
    .default('1')
    .transform(Number),
})

/** `2022-01-06T10:27:12.000000Z` */
export function microTimestamp(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}.000000Z`
}

/** `2020-05-01 12:00:00`, in UTC. */
export function plainTimestamp(instant: Date): string {
  return instant.toISOString().slice(0, 19).replace('T', ' ')
}

/** A date as this provider answers it: midnight of the day, with micro-seconds. */
export function midnight(plainDate: string): string {
  return `${plainDate}T00:00:00.000000Z`
}

export interface PriceRow {
  readonly id: number
  readonly bill_id: number
  readonly housemates: number
  readonly price_per_housemate: string
  readonly price_total: string
  readonly created_at: string
  readonly updated_at: string
}

/** One row of a price list. The share of a housemate is rounded, so that the shares need not add up to the total. */
export function priceRow(billId: number, housemates: number, pence: number): PriceRow {
  return {
    id: billId * 100 + housemates,
    bill_id: billId,
    housemates,
    price_per_housemate: raggedDecimal(share(pence, housemates)),
    price_total: raggedDecimal(pence),
    created_at: PRICED_AT,
    updated_at: PRICED_AT,
  }
}
